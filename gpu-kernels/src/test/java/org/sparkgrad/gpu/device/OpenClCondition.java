package org.sparkgrad.gpu.device;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link RequiresOpenCl}. */
final class OpenClCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        int needed = AnnotationSupport.findAnnotation(context.getElement(), RequiresOpenCl.class)
                .map(RequiresOpenCl::devices)
                .orElse(1);
        int found = GpuDevices.list().size();
        return decide(needed, found, context.getDisplayName(), "1".equals(System.getenv("SPARKGRAD_REQUIRE_OPENCL")));
    }

    static ConditionEvaluationResult decide(int needed, int found, String test, boolean required) {
        if (found >= needed) {
            return ConditionEvaluationResult.enabled(found + " OpenCL devices");
        }
        String reason = "%s needs %d OpenCL devices, found %d%s"
                .formatted(
                        test,
                        needed,
                        found,
                        GpuDevices.problem().map(why -> ": " + why).orElse(""));
        if (required) {
            throw new AssertionError(reason);
        }
        System.out.println("skipped: " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
