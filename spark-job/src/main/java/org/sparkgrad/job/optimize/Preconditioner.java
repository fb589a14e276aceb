package org.sparkgrad.job.optimize;

/** A positive definite matrix P close to the second derivatives of an objective, the same for each of K outputs. */
@FunctionalInterface
interface Preconditioner {
    /**
     * Solves P x = g for each output.
     *
     * @param gradient K x (F + 1), not changed
     * @return K x (F + 1), new
     */
    double[] solve(double[] gradient);
}
