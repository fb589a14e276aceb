package org.sparkgrad.job.optimize;

import java.io.Serializable;

/** The learning rate as a function of the step. */
public sealed interface Schedule extends Serializable {
    /** Returns the learning rate of a step, counted from 0. */
    double at(int step);

    /**
     * Always the same.
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
     * @param steps after how many steps the factor applies again
     */
    record Step(double learningRate, double decay, int steps) implements Schedule {
        @Override
        public double at(int step) {
            int times = step / steps;
            return learningRate * Math.pow(decay, times);
        }
    }
}
