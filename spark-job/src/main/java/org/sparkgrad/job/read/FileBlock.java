package org.sparkgrad.job.read;

import java.io.Serializable;
import java.net.URI;
import java.util.Comparator;
import org.apache.hadoop.fs.Path;

/**
 * A part of a file that one task reads from end to end.
 *
 * @param file the file, as Spark's {@code _metadata.file_path} names it
 * @param start its first byte in the file
 */
record FileBlock(String file, long start) implements Serializable {
    /** The order of rows: by path, then by place in the file. */
    static final Comparator<FileBlock> PATH_ORDER =
            Comparator.comparing(FileBlock::path).thenComparing(FileBlock::start);

    /** Returns the file as its user would name it. */
    Path path() {
        return pathOf(file);
    }

    /** Returns a file as its user would name it, from Spark's {@code _metadata.file_path}. */
    static Path pathOf(String file) {
        return new Path(URI.create(file));
    }
}
