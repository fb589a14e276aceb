package org.sparkgrad.job.read;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.DataSettings.Format;

/** Reads files into one table. */
public final class TableReader {
    private TableReader() {}

    /**
     * Reads the training files of the settings.
     *
     * <p>A text column of whole numbers has longs, a text column of other numbers has doubles, and any other text
     * column, or one that the settings name as text, has strings. A missing cell is null ({@link CellFormat}). Without
     * a header the columns are named "0", "1" and so on. Parquet columns keep their types, but string columns follow
     * the rule for text. Columns in the names of folders come first and follow the same rule. IDX files give the
     * columns "label" (double) and "features" (vector of F numbers, 0 to 1 or, raw, 0 to 255); without label files only
     * "features". LIBSVM files give "label" (double), "weight" (double) if lines have weights, and "features" (sparse
     * vector, F the largest index of all files). The last column is {@link Table#ROW_NUMBER} (long). A file that is
     * named twice is read once, except IDX files.
     *
     * <p>Text files are read once here, to count rows and find types over all data, and again each time the table is
     * used.
     *
     * @throws org.sparkgrad.job.problem.JobException for files that are missing, empty or wrong. A truncated IDX record
     *     throws only within tasks, when the table is used
     */
    public static Table read(SparkSession spark, DataSettings settings) {
        return read(spark, settings, ExpectedColumns.NONE);
    }

    /**
     * Reads other files than the training files, for a model.
     *
     * @param expected the columns that the model expects
     * @throws org.sparkgrad.job.problem.JobException as above, and for data that the model cannot use: text in a column
     *     of numbers, LIBSVM rows with an index beyond F
     */
    public static Table read(SparkSession spark, DataSettings settings, ExpectedColumns expected) {
        try {
            DataSettings detected = withDetectedFormat(spark, settings);
            if (detected.format() != settings.format()) {
                Table table = read(spark, detected, expected);
                return table.with(
                        table.rows(),
                        table.report().with(List.of("the files are read as Parquet, by their first bytes")));
            }
            if (settings.format() == Format.IDX) {
                return IdxTable.read(spark, settings);
            }
            InputFiles input = InputFiles.list(spark, settings.data());
            FileMagic.check(spark, input.paths(), settings.format());
            Table table = ofFiles(spark, settings, input, expected);
            return table.with(table.rows(), table.report().with(input.notes()));
        } catch (Exception e) {
            throw ReadProblems.unreadable(String.join(", ", settings.data()), e);
        }
    }

    /**
     * Returns the settings with the format of the files. The format is detected if neither the user nor a file's name
     * gives it.
     *
     * @throws org.sparkgrad.job.problem.JobException for files that are missing or empty
     */
    public static DataSettings withDetectedFormat(SparkSession spark, DataSettings settings) {
        if (settings.formatTold() || settings.data().isEmpty()) {
            return settings;
        }
        Path first = InputFiles.list(spark, settings.data()).paths().get(0);
        return FileMagic.find(spark, first)
                .filter(Format.PARQUET::equals)
                .map(settings::withFormat)
                .orElse(settings);
    }

    private static Table ofFiles(
            SparkSession spark, DataSettings settings, InputFiles input, ExpectedColumns expected) {
        return switch (settings.format()) {
            case CSV, TSV -> {
                Table own = CsvTable.read(spark, settings, input, named(settings, expected), expected);
                Table table = PartitionColumns.added(own, input);
                Set<String> inFolders = new HashSet<>(input.files().get(0).partitionNames());
                yield StringColumns.typed(table, inFolders::contains, settings, expected);
            }
            case LIBSVM -> LibsvmTable.read(spark, settings, input, expected.features());
            case PARQUET -> {
                Table table = PartitionColumns.added(
                        ParquetTable.read(
                                spark, input, named(settings, expected), Set.copyOf(settings.ignoreColumns())),
                        input);
                yield StringColumns.typed(table, column -> true, settings, expected);
            }
            case IDX -> throw new IllegalStateException("IDX files go by pairs");
        };
    }

    /**
     * Returns the columns that are never left out: those that the user has named, including the ignored ones, and those
     * that a model expects.
     */
    private static Set<String> named(DataSettings settings, ExpectedColumns expected) {
        Set<String> named = new HashSet<>(settings.features());
        named.addAll(settings.ignoreColumns());
        named.addAll(expected.texts());
        named.addAll(expected.numbers());
        if (settings.label() != null) {
            named.add(settings.label());
        }
        if (settings.weight() != null) {
            named.add(settings.weight());
        }
        return named;
    }
}
