package org.sparkgrad.job.read;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * Reads LIBSVM text as a table in two passes. The first pass checks all lines, counts rows and finds the largest index.
 * In local mode it keeps the rows, as far as there is room. The second pass numbers the rows, and reads what is not kept
 * again. The columns are those of Spark's own reader.
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
        SerializableConfiguration configuration =
                new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        KeptBlocks<VectorBlock> kept = KeptBlocks.open(spark);
        String keptId = KeptBlocks.idOf(kept);
        List<TextPartition> partitions = TextSplits.of(spark, input.paths(), Set.of());
        List<LibsvmScan> scans = ShortJobs.collect(BatchPartition.rdd(spark, partitions)
                .flatMap(partition -> partition.splits().stream()
                        .map(split -> LibsvmScanner.scan(split, dialect, configuration.value(), KeptBlocks.of(keptId)))
                        .iterator()));
        LibsvmLayout found = LibsvmLayout.of(scans, dialect);
        LibsvmLayout layout = expected == null ? found : found.withFeatures(expected);
        LibsvmSource source = new LibsvmSource(partitions, layout, configuration, kept);
        ReadReport report = new ReadReport(
                input.files().size(),
                scans.stream().mapToLong(LibsvmScan::lines).sum(),
                scans.stream().mapToLong(LibsvmScan::rows).sum(),
                layout.weighted() ? List.of("labels have weights after them: they weigh the rows") : List.of(),
                Map.of());
        FileRows files = FileRows.ofBlocks(layout.firstRow());
        return new Table(
                new BatchTable<>(source).rows(spark),
                report,
                files,
                new TextPlaces(
                        files,
                        CsvDialect.LINES,
                        line -> !LibsvmLine.isEmpty(line),
                        spark.sparkContext().hadoopConfiguration()),
                source::release);
    }
}
