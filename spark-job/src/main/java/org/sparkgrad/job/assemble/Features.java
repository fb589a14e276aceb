package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkgrad.score.ModelColumn;

/** How the F features of a row come from a table's columns. */
sealed interface Features extends Serializable permits ColumnFeatures, VectorFeatures {
    /** Returns F. */
    int count();

    /** Returns the F names. */
    List<String> names();

    /** Returns the columns they come from. */
    List<String> columns();

    /** Returns what a scorer without Spark has to know of the columns. */
    List<ModelColumn> described();

    /** Returns how many features of a row are not zero, as a column; numbers and texts count whatever they are. */
    Column entries();

    /**
     * Returns the rows that can be read, their text columns as text.
     *
     * @throws org.sparkgrad.job.problem.JobException for a column that holds no numbers where they are needed
     */
    Dataset<Row> readable(Dataset<Row> table);

    /**
     * Returns a row's features in the smaller of Spark's two vector forms.
     *
     * @param number the row's number, for errors
     * @param row of a readable table
     * @param places where the columns are in it
     * @throws org.sparkgrad.job.problem.JobException for a cell that cannot be a feature
     */
    Vector read(long number, Row row, int[] places);
}
