package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * The learning rate over time.
 *
 * @param kind its shape
 * @param decay the factor of STEP and EXPONENTIAL
 * @param steps after how many steps STEP and EXPONENTIAL have applied their factor once more, and INVERSE has its rate
 *     divided by two to the power
 * @param power the exponent of INVERSE and POLYNOMIAL
 * @param warmupSteps steps in which COSINE first rises to the learning rate
 */
public record ScheduleSettings(Kind kind, double decay, int steps, double power, int warmupSteps)
        implements Serializable {
    /** Always the first learning rate; all else as the keys' defaults. */
    public static final ScheduleSettings CONSTANT = new ScheduleSettings(Kind.CONSTANT, 0.5, 1000, 1, 0);

    /** Shapes. */
    public enum Kind {
        /** Always the first one. */
        CONSTANT,
        /** Multiplied by a factor after every so many steps. */
        STEP,
        /** Multiplied by a factor in the course of so many steps, a little in each. */
        EXPONENTIAL,
        /** Divided by a power of a number that grows with the steps. */
        INVERSE,
        /** Falls to zero at the last step, as a power of what is left. */
        POLYNOMIAL,
        /** Rises in a straight line, then falls to zero at the last step along a half wave. */
        COSINE
    }
}
