package org.sparkgrad.job.read;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.config.DataSettings;

/** Reads files into one table. */
public final class TableReader {
    /** The column of row numbers: 0 to N-1, by file in path order, then by record. It does not depend on splits. */
    public static final String ROW_NUMBER = "_rowNumber";

    private TableReader() {}

    /**
     * Reads the training files of the settings.
     *
     * <p>Text columns of numbers come as doubles and other text as strings; IDX comes as "label" (double) and
     * "features" (vector). The last column is {@link #ROW_NUMBER} (long).
     *
     * @throws org.sparkgrad.job.problem.JobException for files that are missing or wrong
     */
    public static Dataset<Row> read(SparkSession spark, DataSettings settings) {
        throw new UnsupportedOperationException();
    }
}
