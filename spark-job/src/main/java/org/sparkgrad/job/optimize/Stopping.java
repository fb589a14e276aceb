package org.sparkgrad.job.optimize;

import java.util.function.BooleanSupplier;

/** The stopping rule of descent methods. */
final class Stopping {
    private Stopping() {}

    /**
     * Returns the state as the last one in two cases. The first case: the objective changed by at most tol relative to
     * its size, and the gradient is that of an optimum or the objective did not fall at all. The second case: the limit
     * of steps is reached.
     *
     * @param certified whether the gradient is that of an optimum; called only if the result depends on it
     */
    static OptimizerState check(
            OptimizerState before,
            OptimizerState after,
            double tol,
            BooleanSupplier certified,
            boolean atLimit,
            ConvergenceReason limit) {
        double change = Math.abs(before.objective() - after.objective());
        double size = Math.max(Math.abs(before.objective()), Math.abs(after.objective()));
        if (tol > 0 && change <= tol * size) {
            if (certified.getAsBoolean()) {
                return after.stopped(ConvergenceReason.OBJECTIVE_CONVERGED);
            }
            if (!(after.objective() < before.objective())) {
                return after.stopped(ConvergenceReason.NO_PROGRESS);
            }
        }
        return atLimit ? after.stopped(limit) : after;
    }
}
