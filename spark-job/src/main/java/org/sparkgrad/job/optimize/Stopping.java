package org.sparkgrad.job.optimize;

import java.util.function.BooleanSupplier;

/** The rule that ends descent. */
final class Stopping {
    private Stopping() {}

    /**
     * Marks a state as the last one if the objective changed by no more than tol relative to its size, and the gradient is
     * that of an optimum or the objective did not fall at all; or if the limit is reached.
     *
     * @param certified whether the gradient is that of an optimum; asked for only where it decides
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
