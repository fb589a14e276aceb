package org.sparkgrad.job.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How to fit.
 *
 * @param optimizer the method; AUTO is L-BFGS on the whole data, or Adam when a batch size is given
 * @param learningRate the first learning rate; null is the optimizer's own default
 * @param schedule the learning rate over time
 * @param scheduleDecay the factor of the STEP schedule
 * @param scheduleSteps after how many steps the STEP schedule applies its factor, again and again
 * @param batchSize rows of a step; null is the whole data, or 256 for a mini-batch method
 * @param epochs passes over the data of a mini-batch method
 * @param maxIter steps of a full-batch method
 * @param tol relative improvement of the objective below which training has converged; 0 never
 * @param seed of the shuffle and the batches
 */
public record OptimizerSettings(
        Method optimizer,
        @Nullable Double learningRate,
        ScheduleKind schedule,
        double scheduleDecay,
        int scheduleSteps,
        @Nullable Integer batchSize,
        int epochs,
        int maxIter,
        double tol,
        long seed)
        implements Serializable {
    /** Optimisation methods. */
    public enum Method {
        /** L-BFGS, or Adam when a batch size is given. */
        AUTO,
        /** Limited-memory BFGS over the whole data. */
        LBFGS,
        /** Gradient descent over the whole data. */
        GD,
        /** Gradient descent by mini-batches. */
        SGD,
        /** Adam by mini-batches. */
        ADAM
    }

    /** Learning rates over time. */
    public enum ScheduleKind {
        /** Always the first one. */
        CONSTANT,
        /** Multiplied by a factor after every so many steps. */
        STEP
    }
}
