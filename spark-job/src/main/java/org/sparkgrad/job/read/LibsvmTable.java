package org.sparkgrad.job.read;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DataSettings;

/**
 * LIBSVM text to a table, in two passes: the first checks all lines, counts rows and finds the largest index; the second
 * numbers and converts. The columns are those of Spark's own reader.
 */
final class LibsvmTable {
    private LibsvmTable() {}

    /** @param expected F of the training files, or null for the largest index */
    static Table read(SparkSession spark, DataSettings settings, @Nullable Integer expected) {
        int base = settings.indexBase();
        int most = expected == null ? Integer.MAX_VALUE : expected;
        List<Path> files = InputFiles.list(spark, settings.data());
        JavaRDD<Row> lines = CsvLines.of(spark, files);
        List<LibsvmScan> scans =
                lines.mapPartitions(part -> LibsvmScan.scan(part, base, most)).collect();
        LibsvmLayout found = LibsvmLayout.of(scans, base);
        LibsvmLayout layout = expected == null ? found : found.withFeatures(expected);
        JavaRDD<Row> rows = lines.mapPartitions(part -> new LibsvmRows(part, layout));
        StructType schema = new StructType()
                .add("label", DataTypes.DoubleType, false)
                .add("features", SQLDataTypes.VectorType(), false)
                .add(TableReader.ROW_NUMBER, DataTypes.LongType, false);
        ReadReport report = new ReadReport(
                files.size(),
                scans.stream().mapToLong(LibsvmScan::lines).sum(),
                scans.stream().mapToLong(LibsvmScan::rows).sum(),
                List.of(),
                Map.of());
        return new Table(
                spark.createDataset(rows.rdd(), Encoders.row(schema)),
                report,
                new TextPlaces(
                        layout.firstRow(),
                        CsvDialect.LINES,
                        line -> !LibsvmLine.isEmpty(line),
                        spark.sparkContext().hadoopConfiguration()));
    }
}
