package org.sparkgrad.job.report;

import java.util.function.DoubleSupplier;
import org.sparkgrad.job.optimize.Optimizer;

/** Converts an optimizer's steps to progress, with speed and remaining time. */
public final class StepMeter implements Optimizer.StepListener {
    private final Progress progress;
    private final int stepsPerEpoch;
    private final int epochs;
    private final DoubleSupplier rowsDone;
    private final int stepsBefore;
    private final long start = System.nanoTime();

    /**
     * @param progress receives the steps
     * @param stepsPerEpoch T; 1 for a full-batch method
     * @param limit the largest number of epochs of a mini-batch method, or of steps of a full-batch method
     * @param rowsDone returns the number of rows whose gradients were computed since this object was created
     * @param stepsBefore the number of steps of the run that this run resumes
     */
    public StepMeter(Progress progress, int stepsPerEpoch, int limit, DoubleSupplier rowsDone, int stepsBefore) {
        this.progress = progress;
        this.stepsPerEpoch = stepsPerEpoch;
        this.epochs = limit;
        this.rowsDone = rowsDone;
        this.stepsBefore = stepsBefore;
    }

    @Override
    public void stepped(int step, double objective) {
        double seconds = (System.nanoTime() - start) / 1e9;
        int steps = (int) Math.min((long) stepsPerEpoch * epochs, Integer.MAX_VALUE);
        boolean miniBatch = stepsPerEpoch > 1;
        progress.step(new ProgressStep(
                step,
                steps,
                miniBatch ? (step - 1) / stepsPerEpoch + 1 : 0,
                miniBatch ? epochs : 0,
                objective,
                rowsDone.getAsDouble() / seconds,
                seconds / (step - stepsBefore) * (steps - step)));
    }
}
