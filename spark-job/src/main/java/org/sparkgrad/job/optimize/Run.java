package org.sparkgrad.job.optimize;

import java.util.Iterator;

/**
 * A training under way: an iterator of states that can be saved where it stands. Saved and resumed, it goes on to the same
 * bits as if it had never stopped.
 */
public interface Run extends Iterator<OptimizerState> {
    /**
     * Returns whether it can be saved where it stands: after a state that is not the last one, and whenever the listener
     * is told of a pause. A run that cannot is a step away from where it can again.
     */
    default boolean isSavable() {
        return true;
    }

    /**
     * Puts all that the steps to come build on, and nothing that follows from settings and data.
     *
     * @param to takes vectors; what was put may change with the next step, so it is to be written before
     */
    void save(SavedState to);
}
