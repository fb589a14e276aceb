package org.sparkgrad.gpu.device;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test only where there are enough OpenCL devices; skips it with the reason elsewhere, unless
 * {@code SPARKGRAD_REQUIRE_OPENCL=1}: then the missing device is a failure.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OpenClCondition.class)
public @interface RequiresOpenCl {
    /** How many devices the test uses. */
    int devices() default 1;
}
