package org.sparkgrad.job.assemble;

import java.io.Serializable;

/** The class of a cell of a label column. */
@FunctionalInterface
public interface ClassOfCell extends Serializable {
    /** Returns the class, from 0; -1 for a cell that has none. */
    int of(Object cell);
}
