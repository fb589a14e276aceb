package org.sparkgrad.job.optimize;

import org.sparkgrad.gpu.block.Coefficients;

/** Applies an updater to the gradient of all rows. */
final class FullBatchDescent implements Optimizer {
    private final Objective objective;
    private final OptimalityCheck certificate;
    private final Updater updater;
    private final Schedule schedule;
    private final int maxIter;
    private final double tol;
    private final Deadline deadline;

    FullBatchDescent(
            Objective objective,
            OptimalityCheck certificate,
            Updater updater,
            Schedule schedule,
            int maxIter,
            double tol,
            Deadline deadline) {
        this.objective = objective;
        this.certificate = certificate;
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
    public Run states(Coefficients initial, StepListener listener) {
        Evaluation at = certificate.first(initial);
        OptimizerState start = new OptimizerState(initial, at.objective(), 0, 0, 0, null);
        ConvergenceReason stop =
                !at.isFinite() ? ConvergenceReason.DIVERGED : maxIter == 0 ? ConvergenceReason.MAX_ITERATIONS : null;
        return new Descent(stop == null ? start : start.stopped(stop), at.gradient(), listener);
    }

    @Override
    public Run resume(SavedState saved, StepListener listener) {
        updater.restore(saved.vector("updater"));
        return new Descent(saved, listener);
    }

    /** A run with one state per step. */
    private final class Descent extends SteppingRun {
        private final StepListener listener;
        private double[] gradient;
        private double[] memory;

        Descent(OptimizerState first, double[] gradient, StepListener listener) {
            super(first, deadline, certificate);
            this.gradient = gradient;
            this.memory = updater.state();
            this.listener = listener;
        }

        Descent(SavedState saved, StepListener listener) {
            super(saved, deadline, certificate);
            this.gradient = saved.vector("gradient");
            this.memory = saved.vector("updater");
            this.listener = listener;
        }

        @Override
        OptimizerState advance(OptimizerState from) {
            Coefficients at = from.coefficients();
            double[] next = at.values().clone();
            double rate = schedule.at(from.step());
            updater.update(next, gradient.clone(), rate, from.step());
            objective.regularization().proximalStep(next, at.features(), rate);
            Coefficients coefficients = new Coefficients(at.outputs(), at.features(), next);
            Evaluation evaluation = objective.evaluate(coefficients);
            gradient = evaluation.gradient();
            memory = updater.state();
            if (!evaluation.isFinite()) {
                return from.stopped(ConvergenceReason.DIVERGED);
            }
            listener.stepped(from.step() + 1, evaluation.objective());
            OptimizerState stepped =
                    new OptimizerState(coefficients, evaluation.objective(), from.step() + 1, 0, 0, null);
            return Stopping.check(
                    from,
                    stepped,
                    tol,
                    () -> certificate.allows(coefficients, evaluation.gradient()),
                    stepped.step() >= maxIter,
                    ConvergenceReason.MAX_ITERATIONS);
        }

        @Override
        public void save(SavedState to) {
            super.save(to);
            to.put("gradient", gradient).put("updater", memory);
        }
    }
}
