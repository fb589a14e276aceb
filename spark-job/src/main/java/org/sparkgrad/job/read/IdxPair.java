package org.sparkgrad.job.read;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;

/**
 * A file of images and the file of their labels, if there is one.
 *
 * @param images N records of F bytes
 * @param labels N records of one byte, or null
 * @param features F
 * @param rows N
 * @param firstRow the row number of the first record
 */
record IdxPair(String images, @Nullable String labels, int features, int rows, long firstRow)
        implements BatchPartition {
    private static final long serialVersionUID = 1L;

    /**
     * Reads the headers.
     *
     * @throws JobException if the headers do not match
     */
    static IdxPair of(Configuration configuration, String images, @Nullable String labels, long firstRow) {
        try (IdxStream stream = IdxStream.open(configuration, images)) {
            if (labels != null) {
                checkLabels(configuration, labels, images, stream.records());
            }
            return new IdxPair(
                    qualified(configuration, images),
                    labels == null ? null : qualified(configuration, labels),
                    stream.recordBytes(),
                    stream.records(),
                    firstRow);
        } catch (IOException e) {
            throw ReadProblems.unreadable(images, e);
        }
    }

    /** Returns the qualified path, because executors have other working directories. */
    private static String qualified(Configuration configuration, String file) throws IOException {
        Path path = new Path(file);
        return path.getFileSystem(configuration).makeQualified(path).toString();
    }

    private static void checkLabels(Configuration configuration, String labels, String images, int records)
            throws IOException {
        try (IdxStream stream = IdxStream.open(configuration, labels)) {
            if (stream.recordBytes() != 1) {
                throw JobException.data(labels + " holds no labels but records of " + stream.recordBytes()
                        + " bytes: are data and labels swapped?");
            }
            if (records != stream.records()) {
                throw JobException.data(images + " holds " + records + " records and " + labels + " " + stream.records()
                        + " labels: name the label file that belongs to it.");
            }
        }
    }
}
