package org.sparkgrad.job.optimize;

import java.util.Iterator;
import org.sparkgrad.gpu.block.Coefficients;

/** An updater on the gradient of all rows. */
final class FullBatchDescent implements Optimizer {
    private final Objective objective;
    private final Updater updater;
    private final Schedule schedule;
    private final int maxIter;
    private final double tol;
    private final Deadline deadline;

    FullBatchDescent(
            Objective objective, Updater updater, Schedule schedule, int maxIter, double tol, Deadline deadline) {
        this.objective = objective;
        this.updater = updater;
        this.schedule = schedule;
        this.maxIter = maxIter;
        this.tol = tol;
        this.deadline = deadline;
    }

    @Override
    public int stepsPerEpoch() {
        return 1;
    }

    @Override
    public Iterator<OptimizerState> states(Coefficients initial, StepListener listener) {
        Evaluation[] current = {objective.evaluate(initial)};
        OptimizerState start = new OptimizerState(initial, current[0].objective(), 0, 0, 0, null);
        ConvergenceReason at = !current[0].isFinite()
                ? ConvergenceReason.DIVERGED
                : maxIter == 0 ? ConvergenceReason.MAX_ITERATIONS : null;
        return new StateIterator(at == null ? start : start.stopped(at), deadline, state -> {
            double[] next = state.coefficients().values().clone();
            double rate = schedule.at(state.step());
            updater.update(next, current[0].gradient(), rate, state.step());
            objective.regularization().proximalStep(next, initial.features(), rate);
            Coefficients coefficients = new Coefficients(initial.outputs(), initial.features(), next);
            current[0] = objective.evaluate(coefficients);
            if (!current[0].isFinite()) {
                return state.stopped(ConvergenceReason.DIVERGED);
            }
            listener.stepped(state.step() + 1, current[0].objective());
            OptimizerState stepped =
                    new OptimizerState(coefficients, current[0].objective(), state.step() + 1, 0, 0, null);
            return Stopping.check(state, stepped, tol, stepped.step() >= maxIter, ConvergenceReason.MAX_ITERATIONS);
        });
    }
}
