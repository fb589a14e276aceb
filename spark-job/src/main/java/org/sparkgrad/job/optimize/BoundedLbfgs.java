package org.sparkgrad.job.optimize;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGSB;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * Breeze's L-BFGS-B with MLlib's memory and stopping rule: Byrd, Lu, Nocedal and Zhu, A Limited Memory Algorithm for Bound
 * Constrained Optimization, 1995.
 */
final class BoundedLbfgs implements Optimizer {
    /** The number of corrections in MLlib. */
    static final int MEMORY = 10;

    /** The limits of Breeze's line search. */
    private static final int MOST_ZOOMS = 64;

    private static final int MOST_SEARCHES = 64;

    private final Objective objective;
    private final OptimalityCheck certificate;
    private final int maxIter;
    private final double tol;
    private final Bounds bounds;
    private final Deadline deadline;

    BoundedLbfgs(
            Objective objective,
            OptimalityCheck certificate,
            int maxIter,
            double tol,
            Bounds bounds,
            Deadline deadline) {
        this.objective = objective;
        this.certificate = certificate;
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
        Coefficients start = bounds.project(initial);
        Evaluation at = certificate.first(start);
        BreezeObjective known = new BreezeObjective(objective, initial.outputs(), initial.features());
        known.know(start.values(), at.smooth(), at.gradient());
        var function = known.function();
        var minimizer = minimizer();
        var state = minimizer.initialState(
                function, BreezeObjective.vector(start.values().clone()));
        OptimizerState first = BreezeRun.first(minimizer, state, initial, certificate);
        OptimizerState begin = maxIter == 0 ? first.stopped(ConvergenceReason.MAX_ITERATIONS) : first;
        return new BreezeRun(minimizer, function, state, begin, deadline, certificate, listener);
    }

    @Override
    public Run resume(SavedState saved, StepListener listener) {
        Coefficients at = OptimizerState.read(saved).coefficients();
        BreezeObjective known = new BreezeObjective(objective, at.outputs(), at.features());
        known.know(at.values(), saved.number("breeze.value"), saved.vector("breeze.gradient"));
        return new BreezeRun(minimizer(), known.function(), saved, deadline, certificate, listener);
    }

    private FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> minimizer() {
        return new LBFGSB(
                BreezeObjective.vector(bounds.lower()),
                BreezeObjective.vector(bounds.upper()),
                maxIter,
                MEMORY,
                tol,
                MOST_ZOOMS,
                MOST_SEARCHES);
    }
}
