package org.sparkgrad.job.optimize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stopping rule of MLlib's optimizers, which are Breeze's. A run stops after maxIter steps, if the objective has
 * fallen in the last 20 steps by at most tol times its first value, or if the norm of the gradient is at most tol times
 * the objective. The last two conditions also need the permission of {@link OptimalityCheck}.
 */
final class Convergence {
    private static final int STEPS = 20;
    private static final double LEAST_NORM = 1e-8;

    private final int maxIter;
    private final double tol;
    private final double first;
    private final Deque<Double> recent = new ArrayDeque<>();

    /** @param first the objective at the initial coefficients */
    Convergence(int maxIter, double tol, double first) {
        this.maxIter = maxIter;
        this.tol = tol;
        this.first = first;
    }

    /** Continues from a saved state. */
    Convergence(int maxIter, double tol, SavedState saved) {
        this(maxIter, tol, saved.number("firstObjective"));
        for (double objective : saved.vector("recentObjectives")) {
            recent.addLast(objective);
        }
    }

    void save(SavedState to) {
        to.put("firstObjective", first)
                .put(
                        "recentObjectives",
                        recent.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Returns why the given step is the last one, or null. Call it once per step.
     *
     * @param certified whether the gradient is that of an optimum
     */
    @Nullable
    ConvergenceReason check(int step, double objective, double gradientNorm, BooleanSupplier certified) {
        if (step > 0) {
            recent.addLast(objective);
        }
        if (recent.size() > STEPS) {
            recent.removeFirst();
        }
        if (step >= maxIter) {
            return ConvergenceReason.MAX_ITERATIONS;
        }
        if (recent.size() == STEPS) {
            double most = recent.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            if (most - objective <= tol * Math.abs(first) && certified.getAsBoolean()) {
                return ConvergenceReason.OBJECTIVE_CONVERGED;
            }
        }
        return gradientNorm <= Math.max(tol * Math.abs(objective), LEAST_NORM) && certified.getAsBoolean()
                ? ConvergenceReason.GRADIENT_CONVERGED
                : null;
    }
}
