package org.sparkgrad.job.assemble;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;

/** Reads features of many rows at once, from the first columns of a batch. */
sealed interface BatchFeatures extends Serializable permits DenseColumns, MixedColumns, StoredVectors {
    /** Returns F. */
    int count();

    /** Returns the largest number of values of a row that are stored. */
    default int stored() {
        return count();
    }

    /**
     * Returns rows [from, from + rows), each in the smaller of its two forms; null if a cell is not what most cells are,
     * so that the rows must be read one by one.
     *
     * @param labels the class of each row
     * @param weights the weight of each row
     */
    @Nullable
    RowBatch read(ColumnBatch batch, int from, int rows, int[] labels, double[] weights);
}
