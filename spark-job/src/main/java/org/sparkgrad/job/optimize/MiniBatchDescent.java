package org.sparkgrad.job.optimize;

import java.util.Optional;
import java.util.SplittableRandom;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.exchange.pass.BatchSlot;

/**
 * Applies an updater to the gradients of mini-batches. An epoch visits its T slots in an order that is permuted by
 * (seed, epoch), so the rows of a step are a function of seed, epoch and step.
 */
final class MiniBatchDescent implements Optimizer {
    private final Objective objective;
    private final OptimalityCheck certificate;
    private final Updater updater;
    private final Schedule schedule;
    private final int slots;
    private final int epochs;
    private final double tol;
    private final long seed;
    private final Deadline deadline;

    MiniBatchDescent(
            Objective objective,
            OptimalityCheck certificate,
            Updater updater,
            Schedule schedule,
            int slots,
            int epochs,
            double tol,
            long seed,
            Deadline deadline) {
        this.objective = objective;
        this.certificate = certificate;
        this.updater = updater;
        this.schedule = schedule;
        this.slots = slots;
        this.epochs = epochs;
        this.tol = tol;
        this.seed = seed;
        this.deadline = deadline;
    }

    @Override
    public int stepsPerEpoch() {
        return slots;
    }

    @Override
    public Run states(Coefficients initial, StepListener listener) {
        Evaluation at = certificate.first(initial);
        ConvergenceReason stop = at.isFinite() ? null : ConvergenceReason.DIVERGED;
        return new Descent(new OptimizerState(initial, at.objective(), 0, 0, 0, stop), listener);
    }

    @Override
    public Run resume(SavedState saved, StepListener listener) {
        updater.restore(saved.vector("updater"));
        return new Descent(saved, listener);
    }

    /** A run with one state per epoch. */
    private final class Descent extends SteppingRun {
        private final StepListener listener;
        private Epoch epoch;

        Descent(OptimizerState first, StepListener listener) {
            super(first, deadline, certificate);
            this.epoch = new Epoch(first);
            this.listener = listener;
        }

        Descent(SavedState saved, StepListener listener) {
            super(saved, deadline, certificate);
            this.epoch = new Epoch(saved);
            this.listener = listener;
        }

        @Override
        OptimizerState advance(OptimizerState start) {
            int[] order = order(start.epoch());
            while (epoch.visited() < slots) {
                if (epoch.visited() > 0) {
                    listener.paused();
                }
                BatchSlot slot = new BatchSlot(order[epoch.visited()], slots);
                Optional<Evaluation> batch = objective.evaluate(epoch.coefficients(), slot);
                if (batch.isEmpty()) {
                    epoch.skip();
                    continue;
                }
                Evaluation evaluation = batch.get();
                if (!evaluation.isFinite()) {
                    return start.stopped(ConvergenceReason.DIVERGED);
                }
                epoch.step(evaluation, stepped(evaluation));
                listener.stepped(epoch.steps(), evaluation.objective());
                if (deadline.isPassed()) {
                    break;
                }
            }
            if (epoch.visited() < slots) {
                return epoch.end(start.epoch()).stopped(ConvergenceReason.MAX_SECONDS);
            }
            OptimizerState end = epoch.end(start.epoch() + 1);
            epoch = new Epoch(end);
            // The first epoch begins at the first state. With one batch per epoch, both have the same objective.
            double improvement = start.epoch() == 0 ? 0 : tol;
            return Stopping.check(
                    start,
                    end,
                    improvement,
                    () -> isOptimum(end.coefficients()),
                    end.epoch() >= epochs,
                    ConvergenceReason.MAX_EPOCHS);
        }

        /**
         * Returns whether coefficients are an optimum. This takes a pass over all rows, because batches are not enough.
         */
        private boolean isOptimum(Coefficients coefficients) {
            return certificate.allows(
                    coefficients, objective.evaluate(coefficients).gradient());
        }

        private Coefficients stepped(Evaluation evaluation) {
            Coefficients at = epoch.coefficients();
            double[] next = at.values().clone();
            double rate = schedule.at(epoch.steps());
            updater.update(next, evaluation.gradient(), rate, epoch.steps());
            objective.regularization().proximalStep(next, at.features(), rate);
            return new Coefficients(at.outputs(), at.features(), next);
        }

        @Override
        public void save(SavedState to) {
            super.save(to);
            epoch.save(to);
            to.put("updater", updater.state());
        }
    }

    /** Returns a permutation of 0..T-1 by the shuffle of Fisher and Yates. */
    int[] order(int epoch) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x9E3779B97F4A7C15L * (epoch + 1));
        int[] order = new int[slots];
        for (int i = 0; i < slots; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
