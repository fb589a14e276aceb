package org.sparkgrad.job.optimize;

/**
 * Changes the coefficients by one step; the loop around the steps is the {@link Optimizer}. The state of an updater
 * consists of doubles and is visible.
 */
public interface Updater {
    /**
     * Changes the coefficients by one step.
     *
     * @param coefficients K x (F + 1) coefficients, changed in place
     * @param gradient the gradient of the objective, of the same length; may be overwritten
     * @param learningRate the schedule's rate for this step
     * @param step the number of the step, from 0
     */
    void update(double[] coefficients, double[] gradient, double learningRate, int step);

    /** Returns a copy of the state that the next step depends on; empty for an updater without state. */
    double[] state();

    /** Restores a state that {@link #state} returned. */
    void restore(double[] state);
}
