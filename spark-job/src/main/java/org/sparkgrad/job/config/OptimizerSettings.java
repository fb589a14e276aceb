package org.sparkgrad.job.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How to fit.
 *
 * @param optimizer the method; AUTO is one for the whole data that fits them, or Adam when a batch size is given
 * @param learningRate the first learning rate; null is the optimizer's own default
 * @param schedule the learning rate over time
 * @param batchSize rows of a step; null is the whole data, or 256 for a mini-batch method
 * @param epochs passes over the data of a mini-batch method
 * @param maxIter steps of a full-batch method
 * @param tol relative improvement of the objective below which training has converged; 0 never
 * @param maxSeconds after how long training stops where it stands; null never
 * @param init where it starts
 * @param initialModel the folder of a saved model to start from instead; null is none
 * @param validation which rows are held out, and what they decide
 * @param seed of the shuffle, the batches, the held-out rows and random initial coefficients
 */
public record OptimizerSettings(
        Method optimizer,
        @Nullable Double learningRate,
        ScheduleSettings schedule,
        @Nullable Integer batchSize,
        int epochs,
        int maxIter,
        double tol,
        @Nullable Double maxSeconds,
        Init init,
        @Nullable String initialModel,
        ValidationSettings validation,
        long seed)
        implements Serializable {
    /** Returns the same with other seconds of training; null never ends it. */
    public OptimizerSettings withMaxSeconds(@Nullable Double seconds) {
        return new OptimizerSettings(
                optimizer,
                learningRate,
                schedule,
                batchSize,
                epochs,
                maxIter,
                tol,
                seconds,
                init,
                initialModel,
                validation,
                seed);
    }

    /** Optimisation methods. */
    public enum Method {
        /** L-BFGS with a preconditioner, or another method of second order; Adam when a batch size is given. */
        AUTO,
        /** Limited-memory BFGS over the whole data. */
        LBFGS,
        /** Gradient descent over the whole data. */
        GD,
        /** Gradient descent by mini-batches. */
        SGD,
        /** SGD with Polyak's heavy ball. */
        MOMENTUM,
        /** SGD with Nesterov's momentum. */
        NESTEROV,
        /** AdaGrad by mini-batches. */
        ADAGRAD,
        /** RMSProp by mini-batches. */
        RMSPROP,
        /** Adam by mini-batches. */
        ADAM,
        /** AMSGrad by mini-batches. */
        AMSGRAD,
        /** Nadam by mini-batches. */
        NADAM;

        /** Returns this, or the kind that AUTO stands for: Adam when a batch size is given, else one like L-BFGS. */
        public Method resolved(boolean batchSizeGiven) {
            return this != AUTO ? this : batchSizeGiven ? ADAM : LBFGS;
        }

        /** Returns whether a step takes a batch of the rows; AUTO must be resolved first. */
        public boolean isMiniBatch() {
            return switch (this) {
                case AUTO -> throw new IllegalStateException("auto stands for no method yet");
                case LBFGS, GD -> false;
                case SGD, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM, AMSGRAD, NADAM -> true;
            };
        }

        /** Returns whether it can minimise an objective with an L1 penalty; AUTO must be resolved first. */
        public boolean takesL1() {
            return switch (this) {
                case AUTO -> throw new IllegalStateException("auto stands for no method yet");
                case LBFGS, GD, SGD -> true;
                case MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM, AMSGRAD, NADAM -> false;
            };
        }
    }

    /** Initial coefficients. */
    public enum Init {
        /** All 0. */
        ZERO,
        /** Small, by the seed; intercepts 0. */
        RANDOM
    }
}
