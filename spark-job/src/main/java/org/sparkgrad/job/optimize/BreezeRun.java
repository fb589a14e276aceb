package org.sparkgrad.job.optimize;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.FirstOrderMinimizer.State;
import java.util.Iterator;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.optimize.Optimizer.StepListener;
import scala.collection.JavaConverters;

/** A run with one state for each state of Breeze. */
final class BreezeRun extends SteppingRun {
    private final FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> minimizer;
    private final Iterator<State<DenseVector<Object>, Object, Object>> states;
    private final OptimalityCheck certificate;
    private final StepListener listener;
    private State<DenseVector<Object>, Object, Object> state;
    private boolean begunAnew;

    /**
     * @param first the optimizer state of Breeze's first state
     * @param state Breeze's first state
     */
    BreezeRun(
            FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> minimizer,
            DiffFunction<DenseVector<Object>> function,
            State<DenseVector<Object>, Object, Object> state,
            OptimizerState first,
            Deadline deadline,
            OptimalityCheck certificate,
            StepListener listener) {
        super(first, deadline, certificate);
        this.certificate = certificate;
        this.minimizer = minimizer;
        this.state = state;
        this.states = JavaConverters.asJavaIterator(
                minimizer.infiniteIterations(function, state).drop(1));
        this.listener = listener;
    }

    /** Continues from a saved state. */
    BreezeRun(
            FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> minimizer,
            DiffFunction<DenseVector<Object>> function,
            SavedState saved,
            Deadline deadline,
            OptimalityCheck certificate,
            StepListener listener) {
        super(saved, deadline, certificate);
        this.certificate = certificate;
        this.minimizer = minimizer;
        this.state = BreezeStates.read(minimizer, saved);
        this.states = JavaConverters.asJavaIterator(
                minimizer.infiniteIterations(function, state).drop(1));
        this.listener = listener;
    }

    @Override
    OptimizerState advance(OptimizerState from) {
        var next = states.next();
        begunAnew = next.iter() == state.iter();
        boolean improves = !next.searchFailed() && (begunAnew || next.adjustedValue() < state.adjustedValue());
        state = next;
        OptimizerState reached = Double.isFinite(next.adjustedValue())
                ? judged(of(minimizer, next, from.coefficients()), next, improves, certificate)
                : from.stopped(ConvergenceReason.DIVERGED);
        listener.stepped(reached.step(), reached.objective());
        return reached;
    }

    /**
     * Breeze forgets its history when a line search fails, and stops at the next failure; Breeze counts the failures
     * itself.
     */
    @Override
    public boolean isSavable() {
        return !begunAnew;
    }

    @Override
    public void save(SavedState to) {
        super.save(to);
        BreezeStates.save(state, to);
    }

    /** Returns the optimizer state of Breeze's first state. */
    static OptimizerState first(
            FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> minimizer,
            State<DenseVector<Object>, Object, Object> breeze,
            Coefficients shape,
            OptimalityCheck certificate) {
        OptimizerState first = of(minimizer, breeze, shape);
        return Double.isFinite(breeze.adjustedValue())
                ? judged(first, breeze, true, certificate)
                : first.stopped(ConvergenceReason.DIVERGED);
    }

    private static OptimizerState of(
            FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> minimizer,
            State<DenseVector<Object>, Object, Object> breeze,
            Coefficients shape) {
        Coefficients coefficients =
                new Coefficients(shape.outputs(), shape.features(), BreezeObjective.values(breeze.x()));
        OptimizerState state = new OptimizerState(coefficients, breeze.adjustedValue(), breeze.iter(), 0, 0, null);
        var stop = minimizer.convergenceCheck().apply(breeze, breeze.convergenceInfo());
        return stop.isEmpty() ? state : state.stopped(reason(stop.get()));
    }

    /**
     * Checks Breeze's convergence, which uses values alone. If the gradient is not that of an optimum, the run
     * continues as long as the objective improves.
     */
    private static OptimizerState judged(
            OptimizerState state,
            State<DenseVector<Object>, Object, Object> breeze,
            boolean improves,
            OptimalityCheck certificate) {
        ConvergenceReason stop = state.stop();
        if (stop == null
                || !stop.isConverged()
                || certificate.allows(state.coefficients(), BreezeObjective.values(breeze.grad()))) {
            return state;
        }
        return improves ? state.running() : state.stopped(ConvergenceReason.NO_PROGRESS);
    }

    private static ConvergenceReason reason(FirstOrderMinimizer.ConvergenceReason breeze) {
        return switch (breeze.reason()) {
            case "max iterations reached" -> ConvergenceReason.MAX_ITERATIONS;
            case "gradient converged" -> ConvergenceReason.GRADIENT_CONVERGED;
            // After a failed line search, no step improves the objective in the engine's precision.
            default -> ConvergenceReason.OBJECTIVE_CONVERGED;
        };
    }
}
