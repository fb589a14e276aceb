package org.sparkgrad.job.optimize;

import java.util.Iterator;

/**
 * A running training: an iterator of states that can be saved between states. A run that is saved and resumed gives the
 * same bits as a run without interruption.
 */
public interface Run extends Iterator<OptimizerState> {
    /**
     * Returns whether the run can be saved now. It can after each state that is not the last one, and in each call of
     * {@link Optimizer.StepListener#paused}. If it cannot, it can again after one more step.
     */
    default boolean isSavable() {
        return true;
    }

    /**
     * Puts everything that later steps depend on, and nothing that follows from settings and data.
     *
     * @param to receives the vectors; later steps may change them, so write them before the next step
     */
    void save(SavedState to);
}
