package org.sparkgrad.job.read;

import java.io.Serializable;
import java.net.URI;
import java.util.Comparator;
import org.apache.hadoop.fs.Path;

/**
 * A part of a file that one task reads completely.
 *
 * @param file the file, as Spark's {@code _metadata.file_path} names it
 * @param start the offset of the first byte in the file
 */
record FileBlock(String file, long start) implements Serializable {
    /** The order of rows: by path, then by place in the file. */
    static final Comparator<FileBlock> PATH_ORDER =
            Comparator.comparing(FileBlock::path).thenComparing(FileBlock::start);

    /** Returns the path of the file as a user writes it. */
    Path path() {
        return pathOf(file);
    }

    /** Returns the path of a file as a user writes it, from Spark's {@code _metadata.file_path}. */
    static Path pathOf(String file) {
        return new Path(URI.create(file));
    }
}
