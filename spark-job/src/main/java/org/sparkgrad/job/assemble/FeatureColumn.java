package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.sparkgrad.score.ModelColumn;

/** Columns of a table that make some neighbouring features. */
sealed interface FeatureColumn extends Serializable permits NumberColumn, ArrayColumn, LevelColumn, HashedColumns {
    /** Returns the names of the columns. */
    List<String> columns();

    /** Returns how many features they make. */
    int width();

    /** Returns the names of these features. */
    List<String> featureNames();

    /** Returns what a scorer without Spark has to know. */
    ModelColumn described();

    /**
     * Adds a row's features.
     *
     * @param number the row's number, for errors
     * @param row the table's row
     * @param places where each column of the table's features is in it
     * @param column which of these places is that of the first column here
     * @param first the index of the first feature
     * @param features the row's features so far
     * @throws org.sparkgrad.job.problem.JobException for a cell that is no finite number where one is needed
     */
    void read(long number, Row row, int[] places, int column, int first, FeatureRow features);
}
