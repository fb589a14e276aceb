package org.sparkgrad.job.read;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.problem.JobException;

/**
 * A file of images and the file of their labels.
 *
 * @param images N records of F bytes
 * @param labels N records of one byte
 * @param features F
 * @param rows N
 * @param firstRow the row number of the first record
 */
record IdxPair(String images, String labels, int features, int rows, long firstRow) implements Serializable {
    /**
     * Reads both headers.
     *
     * @throws JobException if they do not fit
     */
    static IdxPair of(Configuration configuration, String images, String labels, long firstRow) {
        try (IdxStream imageStream = IdxStream.open(configuration, images);
                IdxStream labelStream = IdxStream.open(configuration, labels)) {
            if (labelStream.recordBytes() != 1) {
                throw JobException.data(labels + " holds no labels but records of " + labelStream.recordBytes()
                        + " bytes: are data and labels swapped?");
            }
            if (imageStream.records() != labelStream.records()) {
                throw JobException.data(images + " holds " + imageStream.records() + " records and " + labels + " "
                        + labelStream.records() + " labels: name the label file that belongs to it.");
            }
            return new IdxPair(
                    qualified(configuration, images),
                    qualified(configuration, labels),
                    imageStream.recordBytes(),
                    imageStream.records(),
                    firstRow);
        } catch (IOException e) {
            throw ReadProblems.unreadable(images, e);
        }
    }

    /** Returns the whole path: executors have other working directories. */
    private static String qualified(Configuration configuration, String file) throws IOException {
        Path path = new Path(file);
        return path.getFileSystem(configuration).makeQualified(path).toString();
    }
}
