package org.sparkgrad.job.optimize;

/** The rule that ends descent. */
final class Stopping {
    private Stopping() {}

    /**
     * Marks a state as the last one if the objective changed by no more than tol relative to its size, or if the limit
     * is reached.
     */
    static OptimizerState check(
            OptimizerState before, OptimizerState after, double tol, boolean atLimit, ConvergenceReason limit) {
        double change = Math.abs(before.objective() - after.objective());
        double size = Math.max(Math.abs(before.objective()), Math.abs(after.objective()));
        if (tol > 0 && change <= tol * size) {
            return after.stopped(ConvergenceReason.OBJECTIVE_CONVERGED);
        }
        return atLimit ? after.stopped(limit) : after;
    }
}
