package org.sparkgrad.job.optimize;

import org.sparkgrad.gpu.block.Coefficients;

/**
 * A training loop as an iterator of states: one at the initial coefficients, then one a step (full batch) or an epoch
 * (mini-batch). The last state, and only it, has a reason. A state that diverged repeats the last good coefficients.
 */
public interface Optimizer {
    /**
     * Starts from the given coefficients, which are not changed.
     *
     * @param initial K x (F + 1)
     * @param listener is told of each update within an epoch
     */
    Run states(Coefficients initial, StepListener listener);

    /**
     * Goes on from where a run of an optimizer of the same settings over the same data was saved; the first state is the
     * one that would have come next there.
     *
     * @param saved by {@link Run#save}
     * @param listener is told of each update within an epoch
     */
    Run resume(SavedState saved, StepListener listener);

    /** Returns the steps of an epoch; 1 for a full-batch method. */
    int stepsPerEpoch();

    /** Is told of updates as they happen; never influences them. */
    @FunctionalInterface
    interface StepListener {
        /**
         * One update is done.
         *
         * @param step updates so far
         * @param objective of the update's rows, before it
         */
        void stepped(int step, double objective);

        /** The run stands between two steps of an epoch, where it can be saved. */
        default void paused() {}
    }
}
