package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * The learning rate schedule.
 *
 * @param kind the shape
 * @param decay the factor of STEP and EXPONENTIAL
 * @param steps the number of steps after which STEP and EXPONENTIAL have multiplied the rate by their factor once, and
 *     INVERSE has divided it by two to the power
 * @param power the exponent of INVERSE and POLYNOMIAL
 * @param warmupSteps the number of steps in which COSINE rises to the learning rate
 */
public record ScheduleSettings(Kind kind, double decay, int steps, double power, int warmupSteps)
        implements Serializable {
    /** A constant learning rate; all other values are the keys' defaults. */
    public static final ScheduleSettings CONSTANT = new ScheduleSettings(Kind.CONSTANT, 0.5, 1000, 1, 0);

    /** The shapes of schedules. */
    public enum Kind {
        /** Constant. */
        CONSTANT,
        /** Multiplied by a factor after each period of steps. */
        STEP,
        /** Multiplied by a factor over each period of steps, a little in each step. */
        EXPONENTIAL,
        /** Divided by a power of a number that grows with the steps. */
        INVERSE,
        /** Falls to zero at the last step, as a power of the remaining share of steps. */
        POLYNOMIAL,
        /** Rises linearly, then falls to zero at the last step along half a cosine wave. */
        COSINE
    }
}
