package org.sparkgrad.gpu.block;

import java.io.Serializable;

/**
 * One of several models over the same shards, and the rows that it takes: all, or all but those of one fold.
 *
 * @param coefficients K x (F + 1)
 * @param leftOut the fold whose rows it leaves out, or {@link #NONE}
 */
public record GridModel(Coefficients coefficients, int leftOut) implements Serializable {
    /** No fold: the model takes all rows. */
    public static final int NONE = -1;

    /** The most folds that rows are told apart by. */
    public static final int MOST_FOLDS = Byte.MAX_VALUE + 1;
}
