package org.sparkgrad.job.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.config.DataSettings;

/**
 * Identifies the files that a run reads.
 *
 * @param files the number of files
 * @param bytes the sum of their sizes
 * @param sha256 the hash of the path, size and modification time of each file, in path order
 */
public record DataFingerprint(int files, long bytes, String sha256) {
    /**
     * Takes the fingerprint of training and test files.
     *
     * @throws org.sparkgrad.job.problem.JobException for a path that leads to no file
     */
    public static DataFingerprint of(SparkSession spark, DataSettings settings) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        List<String> paths = Stream.of(settings.data(), settings.labels(), settings.testData(), settings.testLabels())
                .flatMap(List::stream)
                .toList();
        List<Path> files = InputFiles.list(spark, paths).paths();
        MessageDigest digest = newDigest();
        long bytes = 0;
        for (Path file : files) {
            try {
                FileStatus status = file.getFileSystem(hadoop).getFileStatus(file);
                bytes += status.getLen();
                digest.update("%s\n%d\n%d\n"
                        .formatted(status.getPath(), status.getLen(), status.getModificationTime())
                        .getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw ReadProblems.unreadable(file.toString(), e);
            }
        }
        return new DataFingerprint(files.size(), bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
