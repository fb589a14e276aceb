package org.sparkgrad.job.read;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * Reads delimited text as a table in two passes. The first pass counts rows and finds types over all data, so the result
 * does not depend on how the files are split. In local mode it keeps the cells, as far as there is room. The second pass
 * numbers the rows, and reads what is not kept again. A file in which the first pass finds a quoted cell with a line
 * break is read again as one split.
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
        SerializableConfiguration configuration =
                new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        KeptBlocks<CsvBlock> kept = KeptBlocks.open(spark);
        String keptId = KeptBlocks.idOf(kept);
        List<TextPartition> partitions = TextSplits.of(spark, files, Set.of());
        List<CsvBlockScan> scans = scan(spark, partitions, dialect, format, configuration, keptId);
        Set<Path> quoted = scans.stream()
                .filter(CsvBlockScan::spans)
                .map(scan -> scan.block().path())
                .collect(Collectors.toSet());
        if (kept != null && !quoted.isEmpty()) {
            kept.release();
        }
        if (!quoted.isEmpty()) {
            partitions = TextSplits.of(spark, files, quoted);
            scans = scan(spark, partitions, dialect, format, configuration, keptId);
        }
        CsvLayouts layouts = new CsvLayouts(scans, dialect, format);
        CsvLayout layout = layouts.layout(named, settings.preparation().textColumns(), expected);
        FileRows fileRows = FileRows.ofBlocks(layout.firstRow());
        CsvSource source = new CsvSource(partitions, dialect, format, layout, configuration, kept);
        return new Table(
                new BatchTable<>(source).rows(spark),
                layouts.report(
                        files.size(),
                        scans.stream().mapToLong(CsvBlockScan::lines).sum(),
                        layout),
                fileRows,
                new TextPlaces(
                        fileRows,
                        dialect,
                        record -> !dialect.isEmpty(record),
                        spark.sparkContext().hadoopConfiguration()),
                source::release);
    }

    private static List<CsvBlockScan> scan(
            SparkSession spark,
            List<TextPartition> partitions,
            CsvDialect dialect,
            CellFormat format,
            SerializableConfiguration configuration,
            @Nullable String keptId) {
        return ShortJobs.collect(BatchPartition.rdd(spark, partitions).flatMap(partition -> {
            KeptBlocks<CsvBlock> kept = KeptBlocks.of(keptId);
            return partition.splits().stream()
                    .map(split -> CsvScanner.scan(split, dialect, format, configuration.value(), kept))
                    .iterator();
        }));
    }
}
