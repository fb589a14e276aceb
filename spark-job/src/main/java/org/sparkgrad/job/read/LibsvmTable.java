package org.sparkgrad.job.read;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * Reads LIBSVM text as a table in two passes. The first pass checks all lines, counts rows and finds the largest index.
 * The second pass numbers and converts the rows. The columns are those of Spark's own reader.
 */
final class LibsvmTable {
    private LibsvmTable() {}

    /**
     * Reads a table.
     *
     * @param expected F of the training files; null uses the largest index
     * @throws JobException for files in folders whose names contain columns: LIBSVM rows have no other columns
     */
    static Table read(SparkSession spark, DataSettings settings, InputFiles input, @Nullable Integer expected) {
        List<String> inFolders = input.files().get(0).partitionNames();
        if (!inFolders.isEmpty()) {
            throw JobException.data("The folders of " + input.files().get(0).path() + " hold the columns "
                    + String.join(", ", inFolders) + ", which LIBSVM has no place for: name the files with DIR/*/*.");
        }
        LibsvmDialect dialect = new LibsvmDialect(
                settings.indexBase(),
                expected == null ? Integer.MAX_VALUE : expected,
                settings.text().skipQid());
        JavaRDD<Row> lines = CsvLines.of(spark, input.paths());
        List<LibsvmScan> scans = ShortJobs.collect(lines.mapPartitions(part -> LibsvmScan.scan(part, dialect)));
        LibsvmLayout found = LibsvmLayout.of(scans, dialect);
        LibsvmLayout layout = expected == null ? found : found.withFeatures(expected);
        JavaRDD<Row> rows = lines.mapPartitions(part -> new LibsvmRows(part, layout));
        StructType schema = new StructType().add("label", DataTypes.DoubleType, false);
        if (layout.weighted()) {
            schema = schema.add("weight", DataTypes.DoubleType, false);
        }
        schema = schema.add("features", SQLDataTypes.VectorType(), false)
                .add(Table.ROW_NUMBER, DataTypes.LongType, false);
        ReadReport report = new ReadReport(
                input.files().size(),
                scans.stream().mapToLong(LibsvmScan::lines).sum(),
                scans.stream().mapToLong(LibsvmScan::rows).sum(),
                layout.weighted() ? List.of("labels have weights after them: they weigh the rows") : List.of(),
                Map.of());
        FileRows files = FileRows.ofBlocks(layout.firstRow());
        return new Table(
                spark.createDataset(rows.rdd(), Encoders.row(schema)),
                report,
                files,
                new TextPlaces(
                        files,
                        CsvDialect.LINES,
                        line -> !LibsvmLine.isEmpty(line),
                        spark.sparkContext().hadoopConfiguration()));
    }
}
