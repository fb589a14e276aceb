package org.sparkgrad.job.assemble;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;

/** Reads features of many rows at once, from the first columns of a batch. */
sealed interface BatchFeatures extends Serializable permits DenseColumns, DenseVectors {
    /** Returns F. */
    int count();

    /**
     * Returns the features of rows [from, from + rows), a row after the other; null if a cell is not what most cells
     * are, so that the rows must be read one by one. Missing numbers are NaN.
     */
    @Nullable
    RowValues read(ColumnBatch batch, int from, int rows);
}
