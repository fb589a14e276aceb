package org.sparkgrad.job.optimize;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGS;
import breeze.optimize.LBFGSB;
import breeze.optimize.OWLQN;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * Breeze's L-BFGS with MLlib's memory and stopping rule; with an L1 penalty its OWL-QN, which makes coefficients exactly
 * 0 (Andrew and Gao, Scalable Training of L1-Regularized Log-Linear Models, 2007), and within bounds its L-BFGS-B (Byrd, Lu,
 * Nocedal and Zhu, A Limited Memory Algorithm for Bound Constrained Optimization, 1995).
 */
final class Lbfgs implements Optimizer {
    /** MLlib's number of corrections. */
    static final int MEMORY = 10;

    /** Breeze's own limits of a line search. */
    private static final int MOST_ZOOMS = 64;

    private static final int MOST_SEARCHES = 64;

    private final Objective objective;
    private final int maxIter;
    private final double tol;
    private final @Nullable Bounds bounds;
    private final Deadline deadline;

    Lbfgs(Objective objective, int maxIter, double tol, @Nullable Bounds bounds, Deadline deadline) {
        this.objective = objective;
        this.maxIter = maxIter;
        this.tol = tol;
        this.bounds = bounds;
        this.deadline = deadline;
    }

    @Override
    public int stepsPerEpoch() {
        return 1;
    }

    @Override
    public Run states(Coefficients initial, StepListener listener) {
        var function = new BreezeObjective(objective, initial.outputs(), initial.features()).function();
        var minimizer = minimizer(initial.features());
        Coefficients start = bounds == null ? initial : bounds.project(initial);
        var state = minimizer.initialState(
                function, BreezeObjective.vector(start.values().clone()));
        OptimizerState first = BreezeRun.of(minimizer, state, initial, null);
        OptimizerState begin = maxIter == 0 ? first.stopped(ConvergenceReason.MAX_ITERATIONS) : first;
        return new BreezeRun(minimizer, function, state, begin, deadline, listener);
    }

    @Override
    public Run resume(SavedState saved, StepListener listener) {
        Coefficients at = OptimizerState.read(saved).coefficients();
        BreezeObjective known = new BreezeObjective(objective, at.outputs(), at.features());
        known.know(at.values(), saved.number("breeze.value"), saved.vector("breeze.gradient"));
        return new BreezeRun(minimizer(at.features()), known.function(), saved, deadline, listener);
    }

    private FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> minimizer(int features) {
        if (bounds != null) {
            return new LBFGSB(
                    BreezeObjective.vector(bounds.lower()),
                    BreezeObjective.vector(bounds.upper()),
                    maxIter,
                    MEMORY,
                    tol,
                    MOST_ZOOMS,
                    MOST_SEARCHES);
        }
        double l1 = objective.regularization().l1();
        var space = DenseVector$.MODULE$.space_Double();
        return l1 == 0
                ? new LBFGS<>(maxIter, MEMORY, tol, space)
                : new OWLQN<>(maxIter, MEMORY, i -> (int) i % (features + 1) == features ? 0.0 : l1, tol, space);
    }
}
