package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.score.ModelColumn;

/** Columns of a table that become some adjacent features. */
sealed interface FeatureColumn extends Serializable permits NumberColumn, ArrayColumn, LevelColumn, HashedColumns {
    /** Returns the names of the columns. */
    List<String> columns();

    /** Returns the number of features. */
    int width();

    /**
     * Returns the largest number of features of a row that are not 0. A column of numbers or text counts 1 whatever its
     * cells are.
     */
    default int entries() {
        return columns().size();
    }

    /** Returns the names of the features. */
    List<String> featureNames();

    /** Returns the description of the columns for a scorer without Spark. */
    ModelColumn described();

    /**
     * Adds the features of a row.
     *
     * @param number the row number, for errors
     * @param row the row of the table
     * @param places the index in the row of each feature column of the table
     * @param column the element of places for the first column of this object
     * @param first the index of the first feature
     * @param features receives the features of the row
     * @throws org.sparkgrad.job.problem.JobException for a cell that is not a finite number but must be one
     */
    void read(long number, Row row, int[] places, int column, int first, FeatureRow features);

    /**
     * Returns the features of rows [from, from + rows); null if a cell is not what most cells are.
     *
     * @param column the place in the batch of the first column of this object
     * @param first the index of the first feature
     */
    @Nullable
    RowEntries entries(ColumnBatch batch, int column, int from, int rows, int first);
}
