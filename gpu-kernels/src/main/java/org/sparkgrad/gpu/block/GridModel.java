package org.sparkgrad.gpu.block;

import java.io.Serializable;

/**
 * One of several models that are summed over the same shards. It uses all rows, or all but those of one fold.
 *
 * @param coefficients K x (F + 1)
 * @param leftOut the fold whose rows have no weight in this model, or {@link #NONE}
 */
public record GridModel(Coefficients coefficients, int leftOut) implements Serializable {
    /** No fold: the model uses all rows. */
    public static final int NONE = -1;

    /** The largest number of folds. */
    public static final int MOST_FOLDS = Byte.MAX_VALUE + 1;
}
