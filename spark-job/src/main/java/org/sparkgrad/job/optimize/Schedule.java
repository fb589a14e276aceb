package org.sparkgrad.job.optimize;

import java.io.Serializable;

/** The learning rate as a function of the step. */
public sealed interface Schedule extends Serializable {
    /** Returns the learning rate of a step, counted from 0. */
    double at(int step);

    /**
     * A constant rate.
     *
     * @param learningRate the rate
     */
    record Constant(double learningRate) implements Schedule {
        @Override
        public double at(int step) {
            return learningRate;
        }
    }

    /**
     * {@code learningRate * decay^floor(step / steps)}.
     *
     * @param learningRate the first rate
     * @param decay the factor
     * @param steps the number of steps between two applications of the factor
     */
    record Step(double learningRate, double decay, int steps) implements Schedule {
        @Override
        public double at(int step) {
            int times = step / steps;
            return learningRate * Math.pow(decay, times);
        }
    }

    /**
     * {@code learningRate * decay^(step / steps)}.
     *
     * @param learningRate the first rate
     * @param decay the factor
     * @param steps the number of steps in which the rate is multiplied by the factor once
     */
    record Exponential(double learningRate, double decay, int steps) implements Schedule {
        @Override
        public double at(int step) {
            return learningRate * Math.pow(decay, (double) step / steps);
        }
    }

    /**
     * {@code learningRate / (1 + step / steps)^power}; Robbins and Monro, A Stochastic Approximation Method, 1951,
     * needs a power in (1/2, 1] to converge.
     *
     * @param learningRate the first rate
     * @param steps the number of steps after which the divisor is {@code 2^power}
     * @param power the exponent
     */
    record Inverse(double learningRate, int steps, double power) implements Schedule {
        @Override
        public double at(int step) {
            return learningRate / Math.pow(1 + (double) step / steps, power);
        }
    }

    /**
     * {@code learningRate * (1 - step / total)^power}, and 0 from step {@code total} on.
     *
     * @param learningRate the first rate
     * @param total the steps of the training
     * @param power the exponent; 1 is a straight line
     */
    record Polynomial(double learningRate, long total, double power) implements Schedule {
        @Override
        public double at(int step) {
            return learningRate * Math.pow(Math.max(0, 1 - (double) step / total), power);
        }
    }

    /**
     * {@code learningRate * (step + 1) / warmup} in the first {@code warmup} steps (Goyal et al., Accurate, Large
     * Minibatch SGD, 2017), then {@code learningRate / 2 * (1 + cos(pi * (step - warmup) / (total - warmup)))}
     * (Loshchilov and Hutter, SGDR, 2017, without restarts), and 0 from step {@code total} on.
     *
     * @param learningRate the highest rate
     * @param warmup the number of steps until the highest rate, fewer than {@code total}
     * @param total the steps of the training
     */
    record Cosine(double learningRate, int warmup, long total) implements Schedule {
        @Override
        public double at(int step) {
            if (step < warmup) {
                return learningRate * (step + 1) / warmup;
            }
            double done = Math.min(1, (double) (step - warmup) / (total - warmup));
            return learningRate / 2 * (1 + Math.cos(Math.PI * done));
        }
    }
}
