package org.sparkgrad.job.read;

import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.config.DataSettings;

/** Reads files into one table. */
public final class TableReader {
    /**
     * The column of row numbers: 0 to N-1, by file, then by record. Files go by path, and in the order given for IDX. It
     * depends on neither cores nor splits.
     */
    public static final String ROW_NUMBER = "_rowNumber";

    private TableReader() {}

    /**
     * Reads the training files of the settings.
     *
     * <p>A text column of whole numbers comes as longs, one of other numbers as doubles, any other and those that
     * are to be text as strings; a missing cell is null ({@link CellFormat}). Without a header columns are named "0", "1"
     * and so on. Parquet columns come as they are, those of strings by the rule of text. IDX comes as "label" (double) and "features" (vector of F, 0 to 1 or, raw, 0 to 255),
     * without label files as "features" alone. The last column is {@link #ROW_NUMBER}
     * (long). LIBSVM comes as "label" (double) and "features" (sparse vector, F the largest index of all files). A file
     * named twice is read once, but for IDX.
     *
     * <p>Text is read once here, to count rows and find types over all of it, and again with each use of the table.
     *
     * @throws org.sparkgrad.job.problem.JobException for files that are missing, empty or wrong; for IDX records that
     *     are cut short only within tasks, when the table is used
     */
    public static Table read(SparkSession spark, DataSettings settings) {
        return read(spark, settings, ExpectedColumns.NONE);
    }

    /**
     * Reads files beside the training files, for a model.
     *
     * @param expected what the model takes
     * @throws org.sparkgrad.job.problem.JobException as above, and for what the model cannot take: LIBSVM rows with an index
     *     beyond F
     */
    public static Table read(SparkSession spark, DataSettings settings, ExpectedColumns expected) {
        try {
            return switch (settings.format()) {
                case CSV, TSV -> CsvTable.read(spark, settings, expected);
                case LIBSVM -> LibsvmTable.read(spark, settings, expected.features());
                case PARQUET -> StringColumns.typed(ParquetTable.read(spark, settings.data()), settings, expected);
                case IDX -> IdxTable.read(spark, settings);
            };
        } catch (Exception e) {
            throw ReadProblems.unreadable(String.join(", ", settings.data()), e);
        }
    }
}
