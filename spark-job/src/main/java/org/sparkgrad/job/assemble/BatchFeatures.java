package org.sparkgrad.job.assemble;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;

/** Reads features of many rows at once, from the first columns of a batch. */
sealed interface BatchFeatures extends Serializable permits DenseColumns, MixedColumns, StoredVectors {
    /** The largest number of values of a batch of rows. */
    int MOST_VALUES = 1_000_000;

    /** Returns F. */
    int count();

    /** Returns how many rows from a first one on are read together: some, of not too many numbers. */
    int rowsFrom(ColumnBatch batch, int from);

    /**
     * Returns rows, each in the smaller of its two forms; null if a cell is not what most cells are, so that the rows must
     * be read one by one.
     *
     * @param labels the class of each row, by place
     * @param weights the weight of each row, by place
     */
    @Nullable
    RowBatch read(BatchPart part, int[] labels, double[] weights);
}
