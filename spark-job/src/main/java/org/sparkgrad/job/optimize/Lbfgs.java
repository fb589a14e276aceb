package org.sparkgrad.job.optimize;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.FirstOrderMinimizer.State;
import breeze.optimize.LBFGS;
import breeze.optimize.LBFGSB;
import breeze.optimize.OWLQN;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * Breeze's L-BFGS with MLlib's memory and stopping rule; with an L1 penalty its OWL-QN, which makes coefficients exactly
 * 0 (Andrew and Gao, Scalable Training of L1-Regularized Log-Linear Models, 2007), and within bounds its L-BFGS-B (Byrd, Lu,
 * Nocedal and Zhu, A Limited Memory Algorithm for Bound Constrained Optimization, 1995).
 */
final class Lbfgs implements Optimizer {
    /** MLlib's number of corrections. */
    private static final int MEMORY = 10;

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
    public Iterator<OptimizerState> states(Coefficients initial, StepListener listener) {
        DiffFunction<DenseVector<Object>> function =
                BreezeObjective.function(objective, initial.outputs(), initial.features());
        Coefficients start = bounds == null ? initial : bounds.project(initial);
        var states = minimizer(initial.features())
                .iterations(function, BreezeObjective.vector(start.values().clone()));
        OptimizerState first = state(states.next(), initial, null);
        return new StateIterator(
                maxIter == 0 ? first.stopped(ConvergenceReason.MAX_ITERATIONS) : first, deadline, last -> {
                    if (!states.hasNext()) {
                        return last.stopped(ConvergenceReason.OBJECTIVE_CONVERGED);
                    }
                    OptimizerState next = state(states.next(), initial, last);
                    listener.stepped(next.step(), next.objective());
                    return next;
                });
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

    private static OptimizerState state(
            State<DenseVector<Object>, Object, ?> breeze, Coefficients shape, @Nullable OptimizerState last) {
        Coefficients coefficients =
                new Coefficients(shape.outputs(), shape.features(), BreezeObjective.values(breeze.x()));
        OptimizerState state = new OptimizerState(coefficients, breeze.adjustedValue(), breeze.iter(), 0, 0, null);
        if (!Double.isFinite(breeze.adjustedValue())) {
            return (last == null ? state : last).stopped(ConvergenceReason.DIVERGED);
        }
        return breeze.convergenceReason().isEmpty()
                ? state
                : state.stopped(reason(breeze.convergenceReason().get()));
    }

    private static ConvergenceReason reason(FirstOrderMinimizer.ConvergenceReason breeze) {
        return switch (breeze.reason()) {
            case "max iterations reached" -> ConvergenceReason.MAX_ITERATIONS;
            case "gradient converged" -> ConvergenceReason.GRADIENT_CONVERGED;
            // A failed line search means that no step improves the objective in the engine's precision.
            default -> ConvergenceReason.OBJECTIVE_CONVERGED;
        };
    }
}
