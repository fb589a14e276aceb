package org.sparkgrad.gpu.engine.gram;

import org.sparkgrad.gpu.block.BlockSlice;

/** Sums d x x' over rows x = (features, 1), where d is a number for each row. Used for one sum and closed. */
interface GramSums extends AutoCloseable {
    /** Adds the rows of a slice; d has a number for each row of it. */
    void add(BlockSlice slice, double[] d);

    /** Returns the (F + 1) x (F + 1) sums of all slices, a {@link org.sparkgrad.gpu.block.PackedTriangle}. */
    double[] finish();

    @Override
    default void close() {}
}
