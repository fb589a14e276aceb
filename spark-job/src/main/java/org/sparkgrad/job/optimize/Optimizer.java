package org.sparkgrad.job.optimize;

import org.sparkgrad.gpu.block.Coefficients;

/**
 * A training loop as an iterator of states: one state at the initial coefficients, then one state per step (full batch)
 * or epoch (mini-batch). Only the last state has a reason. A state that diverged repeats the last finite coefficients.
 */
public interface Optimizer {
    /**
     * Starts at the given coefficients, which are not changed.
     *
     * @param initial K x (F + 1)
     * @param listener receives each update within an epoch
     */
    Run states(Coefficients initial, StepListener listener);

    /**
     * Continues from the saved state of a run with the same settings over the same data. The first state is the next
     * state of the saved run.
     *
     * @param saved the state that {@link Run#save} has saved
     * @param listener receives each update within an epoch
     */
    Run resume(SavedState saved, StepListener listener);

    /** Returns the number of steps per epoch; 1 for a full-batch method. */
    int stepsPerEpoch();

    /** Receives updates. A listener never affects the updates. */
    @FunctionalInterface
    interface StepListener {
        /**
         * Called after an update.
         *
         * @param step the number of updates so far
         * @param objective the objective of the update's rows before the update
         */
        void stepped(int step, double objective);

        /** Called between two steps of an epoch, where the run can be saved. */
        default void paused() {}
    }
}
