package org.sparkgrad.job.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The method of fitting.
 *
 * @param optimizer the method; AUTO is a full-batch method that suits the data, or Adam if a batch size is given
 * @param learningRate the first learning rate; null for the default of the method
 * @param schedule the learning rate schedule
 * @param batchSize the number of rows of a step; null for all rows, or for 256 with a mini-batch method
 * @param epochs the number of passes of a mini-batch method over the data
 * @param maxIter the number of steps of a full-batch method
 * @param tol the relative improvement of the objective below which training has converged; 0 for never
 * @param maxSeconds the number of seconds after which training stops; null for no limit
 * @param init the kind of initial coefficients
 * @param initialModel the folder of a saved model to start from instead; null for none
 * @param validation the held-out rows, and their use
 * @param seed the seed of the shuffle, the batches, the held-out rows and random initial coefficients
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
    /** Returns these settings with another limit of seconds; null for no limit. */
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

    /** The optimisation methods. */
    public enum Method {
        /** L-BFGS with a preconditioner, or another method of second order; Adam if a batch size is given. */
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

        /**
         * Returns this method; for AUTO, the method that it stands for: Adam if a batch size is given, else one like
         * L-BFGS.
         */
        public Method resolved(boolean batchSizeGiven) {
            return this != AUTO ? this : batchSizeGiven ? ADAM : LBFGS;
        }

        /** Returns whether a step uses a batch of the rows; AUTO must be resolved first. */
        public boolean isMiniBatch() {
            return switch (this) {
                case AUTO -> throw new IllegalStateException("auto stands for no method yet");
                case LBFGS, GD -> false;
                case SGD, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM, AMSGRAD, NADAM -> true;
            };
        }

        /** Returns whether the method supports an L1 penalty; AUTO must be resolved first. */
        public boolean takesL1() {
            return switch (this) {
                case AUTO -> throw new IllegalStateException("auto stands for no method yet");
                case LBFGS, GD, SGD -> true;
                case MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM, AMSGRAD, NADAM -> false;
            };
        }
    }

    /** The kinds of initial coefficients. */
    public enum Init {
        /** Zeros. */
        ZERO,
        /** Small random numbers from the seed; intercepts are 0. */
        RANDOM
    }
}
