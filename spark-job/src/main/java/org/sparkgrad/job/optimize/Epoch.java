package org.sparkgrad.job.optimize;

import org.sparkgrad.gpu.block.Coefficients;

/** How far an epoch of mini-batches has come. */
final class Epoch {
    private final int stepsBefore;
    private final int skippedBefore;
    private Coefficients coefficients;
    private int steps;
    private int skipped;
    private double objectiveSum;
    private double weightSum;

    /** Begins where a state stands. */
    Epoch(OptimizerState start) {
        stepsBefore = start.step();
        skippedBefore = start.skipped();
        coefficients = start.coefficients();
        steps = stepsBefore;
        skipped = skippedBefore;
    }

    /** Goes on within an epoch that was saved. */
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

    /** Takes a batch's step. */
    void step(Evaluation batch, Coefficients next) {
        objectiveSum += batch.objective() * batch.weightSum();
        weightSum += batch.weightSum();
        coefficients = next;
        steps++;
    }

    /** Passes over a batch without weight. */
    void skip() {
        skipped++;
    }

    /** Returns how many slots were visited. */
    int visited() {
        return steps - stepsBefore + skipped - skippedBefore;
    }

    /** Returns the updates since training began. */
    int steps() {
        return steps;
    }

    /** Returns the coefficients after the last step. */
    Coefficients coefficients() {
        return coefficients;
    }

    /** Returns the state here. */
    OptimizerState end(int epochs) {
        return new OptimizerState(coefficients, objectiveSum / weightSum, steps, epochs, skipped, null);
    }
}
