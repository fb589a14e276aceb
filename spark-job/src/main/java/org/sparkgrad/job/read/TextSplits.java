package org.sparkgrad.job.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.sparkgrad.job.spark.version.SparkSessions;

/**
 * Cuts text files into splits, and packs splits into partitions of some equal size. Sizes follow Spark's settings for
 * files. A compressed file is one split.
 */
final class TextSplits {
    private static final String THIS_MACHINE = "localhost";

    private final Configuration configuration;
    private final long openCost;
    private final long size;
    private final List<TextPartition> partitions = new ArrayList<>();
    private List<TextSplit> open = new ArrayList<>();
    private List<String> hosts = List.of();
    private long bytes;

    private TextSplits(SparkSession spark, long total, int files) {
        SQLConf settings = spark.sessionState().conf();
        configuration = spark.sparkContext().hadoopConfiguration();
        openCost = settings.filesOpenCostInBytes();
        long parts = settings.filesMinPartitionNum().isDefined()
                ? ((Number) settings.filesMinPartitionNum().get()).longValue()
                : SparkSessions.leafPartitions(spark);
        size = Math.max(
                1, Math.min(settings.filesMaxPartitionBytes(), Math.max(openCost, (total + files * openCost) / parts)));
    }

    /**
     * Returns the partitions of files.
     *
     * @param files the files, in path order
     * @param quoted the files in which quoted cells contain line breaks
     */
    static List<TextPartition> of(SparkSession spark, List<Path> files, Set<Path> quoted) {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        List<FileStatus> found = new ArrayList<>();
        long total = 0;
        for (Path file : files) {
            try {
                FileStatus status = file.getFileSystem(configuration).getFileStatus(file);
                found.add(status);
                total += status.getLen();
            } catch (IOException e) {
                throw ReadProblems.unreadable(file.toString(), e);
            }
        }
        TextSplits splits = new TextSplits(spark, total, files.size());
        for (int i = 0; i < files.size(); i++) {
            try {
                splits.add(files.get(i), found.get(i), quoted.contains(files.get(i)));
            } catch (IOException e) {
                throw ReadProblems.unreadable(files.get(i).toString(), e);
            }
        }
        splits.close();
        return List.copyOf(splits.partitions);
    }

    private void add(Path file, FileStatus status, boolean quoted) throws IOException {
        FileSystem system = file.getFileSystem(configuration);
        String name = file.toUri().toString();
        if (quoted || new CompressionCodecFactory(configuration).getCodec(file) != null) {
            add(system, status, new TextSplit(new FileBlock(name, 0), Long.MAX_VALUE, quoted), status.getLen());
            return;
        }
        for (long start = 0; start < status.getLen(); start += size) {
            long end = Math.min(start + size, status.getLen());
            long until = end == status.getLen() ? Long.MAX_VALUE : end;
            add(system, status, new TextSplit(new FileBlock(name, start), until, false), end - start);
        }
    }

    private void add(FileSystem system, FileStatus status, TextSplit split, long length) throws IOException {
        if (!open.isEmpty() && bytes + length > size) {
            close();
        }
        if (open.isEmpty()) {
            hosts = hosts(system, status, split.block().start());
        }
        open.add(split);
        bytes += length + openCost;
    }

    /** Ends a partition. */
    private void close() {
        if (!open.isEmpty()) {
            partitions.add(new TextPartition(List.copyOf(open), hosts));
            open = new ArrayList<>();
            bytes = 0;
        }
    }

    private static List<String> hosts(FileSystem system, FileStatus status, long start) throws IOException {
        return Arrays.stream(system.getFileBlockLocations(status, start, 1))
                .flatMap(location -> {
                    try {
                        return Arrays.stream(location.getHosts());
                    } catch (IOException e) {
                        throw ReadProblems.unreadable(status.getPath().toString(), e);
                    }
                })
                .filter(host -> !host.equals(THIS_MACHINE))
                .toList();
    }
}
