package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.score.ModelColumn;

/** The map from a table's columns to the F features of a row. */
sealed interface Features extends Serializable permits ColumnFeatures, VectorFeatures {
    /** Returns F. */
    int count();

    /** Returns the F names. */
    List<String> names();

    /** Returns the columns that contain the features. */
    List<String> columns();

    /** Returns the descriptions of the columns for a scorer without Spark. */
    List<ModelColumn> described();

    /** Returns the columns that must be read to count the features that are not zero; empty if each row has as many. */
    List<String> countedColumns();

    /**
     * Returns the number of features that are not zero; number and text cells count whatever their value is.
     *
     * @param batch rows whose first columns are the counted ones
     */
    long entries(ColumnBatch batch);

    /**
     * Returns the rows that can be read, with their text columns cast to text.
     *
     * @throws org.sparkgrad.job.problem.JobException for a column that must hold numbers but does not
     */
    Dataset<Row> readable(Dataset<Row> table);

    /**
     * Returns a row's features in the smaller of Spark's two vector forms.
     *
     * @param number the row number, for errors
     * @param row a row of a readable table
     * @param places the index in the row of each feature column
     * @throws org.sparkgrad.job.problem.JobException for a cell that cannot be a feature
     */
    Vector read(long number, Row row, int[] places);

    /**
     * Returns the reader of features from batches of columns.
     *
     * @param schema the types of a readable table whose first columns are those of the features
     */
    BatchFeatures inBatches(StructType schema);
}
