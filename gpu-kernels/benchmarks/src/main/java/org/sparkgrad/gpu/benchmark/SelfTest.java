package org.sparkgrad.gpu.benchmark;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.GpuDevice;

/**
 * Runs the tests of every kernel family against the reference engine on OpenCL device 0, on a machine without a build:
 * prints a line of JSON for each test that failed, and one with their number. Ends with 1 if a test fails, with 4 if there
 * is no device.
 */
public final class SelfTest {
    /** Named by text: they are no part of this package, and need not be public. */
    private static final List<String> TESTS = List.of(
            "org.sparkgrad.gpu.engine.SmallSizesTest",
            "org.sparkgrad.gpu.device.KernelSessionTest",
            "org.sparkgrad.gpu.engine.opencl.OpenClEngineTest",
            "org.sparkgrad.gpu.engine.opencl.DenseKernelsTest",
            "org.sparkgrad.gpu.engine.EnginesAgreeTest",
            "org.sparkgrad.gpu.engine.SparseEnginesTest",
            "org.sparkgrad.gpu.engine.cpu.HardDataTest",
            "org.sparkgrad.gpu.engine.SameBitsTest",
            "org.sparkgrad.gpu.engine.opencl.DeviceMemoryTest");

    private static final int NO_DEVICE = 4;

    private SelfTest() {}

    /** Takes names of test classes; without any, all of those above run. */
    public static void main(String[] arguments) throws ClassNotFoundException {
        GpuDevice device;
        try {
            device = DeviceSelector.select(0);
        } catch (DeviceException none) {
            System.err.println("self-test: " + none.getMessage());
            System.exit(NO_DEVICE);
            return;
        }
        System.err.printf(
                "self-test on %s (%s, %s), fp64 %s%n", device.name(), device.type(), device.vendor(), device.fp64());
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String test : arguments.length == 0 ? TESTS : List.of(arguments)) {
            request.selectors(selectClass(Class.forName(test)));
        }
        TestExecutionSummary summary = run(request.build());
        summary.printFailuresTo(new PrintWriter(System.err, true, StandardCharsets.UTF_8), 1);
        for (TestExecutionSummary.Failure failure : summary.getFailures()) {
            String test = failure.getTestIdentifier().getUniqueIdObject().getSegments().stream()
                    .skip(1)
                    .map(UniqueId.Segment::getValue)
                    .map(name -> name.replaceFirst("\\(.*", "").replaceFirst("^.*\\.", ""))
                    .collect(Collectors.joining(" "));
            System.out.println(
                    new Measurement("self-test: " + test, "opencl", "failedTests", "tests", 1, 1, 1, 1).json());
        }
        long failed = summary.getTotalFailureCount() + (summary.getTestsSucceededCount() == 0 ? 1 : 0);
        System.out.println(new Measurement("self-test", "opencl", "failedTests", "tests", failed, failed, failed, (int)
                        summary.getTestsStartedCount())
                .json());
        System.exit(failed == 0 ? 0 : 1);
    }

    private static TestExecutionSummary run(LauncherDiscoveryRequest request) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }
}
