package org.sparkgrad.job.read;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * Reads delimited text as a table in two passes. The first pass counts rows and finds types over all data, so the
 * result does not depend on how Spark splits the files. The second pass numbers and converts the rows. A file in which
 * the first pass finds a quoted cell with a line break is read again as one block.
 */
final class CsvTable {
    private CsvTable() {}

    /**
     * Reads a table.
     *
     * @param named the columns that the user has named, which are never left out
     * @param expected the columns of a model
     */
    static Table read(
            SparkSession spark, DataSettings settings, InputFiles input, Set<String> named, ExpectedColumns expected) {
        CsvDialect dialect = CsvDialect.of(settings);
        CellFormat format = CellFormat.of(settings.text());
        List<Path> files = input.paths();
        JavaRDD<Row> lines = CsvLines.of(spark, files);
        List<CsvBlockScan> scans = scan(lines, dialect, format);
        Set<Path> spanning = scans.stream()
                .filter(CsvBlockScan::spans)
                .map(scan -> scan.block().path())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!spanning.isEmpty()) {
            List<Path> others =
                    files.stream().filter(file -> !spanning.contains(file)).toList();
            JavaRDD<Row> records = CsvLines.ofRecords(spark, List.copyOf(spanning), dialect);
            lines = others.isEmpty() ? records : CsvLines.of(spark, others).union(records);
            scans = scan(lines, dialect, format);
        }
        CsvLayouts layouts = new CsvLayouts(scans, dialect, format);
        CsvLayout layout = layouts.layout(named, settings.preparation().textColumns(), expected);
        JavaRDD<Row> rows = lines.mapPartitions(part -> new CsvRows(part, dialect, format, layout));
        FileRows fileRows = FileRows.ofBlocks(layout.firstRow());
        // A Dataset of rows, unlike a DataFrame, converts only the columns that a query selects.
        return new Table(
                spark.createDataset(rows.rdd(), Encoders.row(schema(layout))),
                layouts.report(
                        files.size(),
                        scans.stream().mapToLong(CsvBlockScan::lines).sum(),
                        layout),
                fileRows,
                new TextPlaces(
                        fileRows,
                        dialect,
                        record -> !dialect.isEmpty(record),
                        spark.sparkContext().hadoopConfiguration()));
    }

    private static List<CsvBlockScan> scan(JavaRDD<Row> lines, CsvDialect dialect, CellFormat format) {
        return ShortJobs.collect(lines.mapPartitions(part -> CsvScanner.scan(part, dialect, format)));
    }

    private static StructType schema(CsvLayout layout) {
        StructType schema = new StructType();
        for (int column = 0; column < layout.names().size(); column++) {
            schema = schema.add(
                    layout.names().get(column), layout.kinds().get(column).type(), true);
        }
        return schema.add(Table.ROW_NUMBER, DataTypes.LongType, false);
    }
}
