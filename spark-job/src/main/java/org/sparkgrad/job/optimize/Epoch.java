package org.sparkgrad.job.optimize;

import org.sparkgrad.gpu.block.Coefficients;

/** The progress within an epoch of mini-batches. */
final class Epoch {
    private final int stepsBefore;
    private final int skippedBefore;
    private Coefficients coefficients;
    private int steps;
    private int skipped;
    private double objectiveSum;
    private double weightSum;

    /** Begins an epoch at a state. */
    Epoch(OptimizerState start) {
        stepsBefore = start.step();
        skippedBefore = start.skipped();
        coefficients = start.coefficients();
        steps = stepsBefore;
        skipped = skippedBefore;
    }

    /** Continues within a saved epoch. */
    Epoch(SavedState saved) {
        this(OptimizerState.read(saved));
        coefficients = OptimizerState.coefficients(saved, "epoch.coefficients");
        steps = saved.whole("epoch.steps");
        skipped = saved.whole("epoch.skipped");
        objectiveSum = saved.number("epoch.objectiveSum");
        weightSum = saved.number("epoch.weightSum");
    }

    void save(SavedState to) {
        to.put("epoch.coefficients", coefficients.values())
                .put("epoch.steps", steps)
                .put("epoch.skipped", skipped)
                .put("epoch.objectiveSum", objectiveSum)
                .put("epoch.weightSum", weightSum);
    }

    /** Adds the step of a batch. */
    void step(Evaluation batch, Coefficients next) {
        objectiveSum += batch.objective() * batch.weightSum();
        weightSum += batch.weightSum();
        coefficients = next;
        steps++;
    }

    /** Skips a batch whose weights are all 0. */
    void skip() {
        skipped++;
    }

    /** Returns the number of slots visited so far. */
    int visited() {
        return steps - stepsBefore + skipped - skippedBefore;
    }

    /** Returns the number of updates since training began. */
    int steps() {
        return steps;
    }

    /** Returns the coefficients after the last step. */
    Coefficients coefficients() {
        return coefficients;
    }

    /** Returns the state after the last step. */
    OptimizerState end(int epochs) {
        return new OptimizerState(coefficients, objectiveSum / weightSum, steps, epochs, skipped, null);
    }
}
