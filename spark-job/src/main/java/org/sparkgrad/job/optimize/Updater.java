package org.sparkgrad.job.optimize;

/** One change of the coefficients; the loop around it is the {@link Optimizer}. Its state is double and visible. */
public interface Updater {
    /**
     * Changes the coefficients by one step.
     *
     * @param coefficients K x (F + 1), in and out
     * @param gradient of the objective, of the same length; may be overwritten
     * @param learningRate the schedule's rate for this step
     * @param step counted from 0
     */
    void update(double[] coefficients, double[] gradient, double learningRate, int step);

    /** Returns a copy of the state that the next step builds on, empty for an updater without memory. */
    double[] state();

    /** Puts back what {@link #state} returned, so that the next step builds on it. */
    void restore(double[] state);
}
