package org.sparkgrad.job.optimize;

import java.util.Iterator;
import java.util.Optional;
import java.util.SplittableRandom;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.exchange.BatchSlot;

/**
 * An updater on the gradients of mini-batches. An epoch visits its T slots in an order permuted by (seed, epoch), so a
 * step's rows are a function of seed, epoch and step.
 */
final class MiniBatchDescent implements Optimizer {
    private final Objective objective;
    private final Updater updater;
    private final Schedule schedule;
    private final int slots;
    private final int epochs;
    private final double tol;
    private final long seed;
    private final Deadline deadline;

    MiniBatchDescent(
            Objective objective,
            Updater updater,
            Schedule schedule,
            int slots,
            int epochs,
            double tol,
            long seed,
            Deadline deadline) {
        this.objective = objective;
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
    public Iterator<OptimizerState> states(Coefficients initial, StepListener listener) {
        Evaluation at = objective.evaluate(initial);
        OptimizerState start =
                new OptimizerState(initial, at.objective(), 0, 0, 0, at.isFinite() ? null : ConvergenceReason.DIVERGED);
        return new StateIterator(start, deadline, state -> epoch(state, listener));
    }

    private OptimizerState epoch(OptimizerState start, StepListener listener) {
        Coefficients coefficients = start.coefficients();
        int step = start.step();
        int skipped = start.skipped();
        double objectiveSum = 0;
        double weightSum = 0;
        for (int slot : order(start.epoch())) {
            Optional<Evaluation> batch = objective.evaluate(coefficients, new BatchSlot(slot, slots));
            if (batch.isEmpty()) {
                skipped++;
                continue;
            }
            Evaluation evaluation = batch.get();
            if (!evaluation.isFinite()) {
                return start.stopped(ConvergenceReason.DIVERGED);
            }
            objectiveSum += evaluation.objective() * evaluation.weightSum();
            weightSum += evaluation.weightSum();
            double[] next = coefficients.values().clone();
            double rate = schedule.at(step);
            updater.update(next, evaluation.gradient(), rate, step);
            objective.regularization().proximalStep(next, coefficients.features(), rate);
            coefficients = new Coefficients(coefficients.outputs(), coefficients.features(), next);
            step++;
            listener.stepped(step, evaluation.objective());
            if (deadline.isPassed()) {
                break;
            }
        }
        double mean = objectiveSum / weightSum;
        int stepsAndSkipped = step - start.step() + skipped - start.skipped();
        if (stepsAndSkipped < slots) {
            return new OptimizerState(coefficients, mean, step, start.epoch(), skipped, ConvergenceReason.MAX_SECONDS);
        }
        OptimizerState end = new OptimizerState(coefficients, mean, step, start.epoch() + 1, skipped, null);
        // The first epoch begins where the first state stands: with one batch an epoch, its objective is the same.
        double improvement = start.epoch() == 0 ? 0 : tol;
        return Stopping.check(start, end, improvement, end.epoch() >= epochs, ConvergenceReason.MAX_EPOCHS);
    }

    /** Fisher and Yates' shuffle of 0..T-1. */
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
