package org.sparkgrad.job.read;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.problem.JobException;

/** Detects the format of a file from its first bytes. */
final class FileMagic {
    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    /** An IDX file of unsigned bytes starts with two zero bytes and 8. */
    private static final byte[] IDX = {0, 0, 8};

    private FileMagic() {}

    /**
     * Returns the format of a file that is not text; empty for other files. A file that cannot be read gives no error
     * here, but when its rows are read.
     */
    static Optional<Format> find(SparkSession spark, Path file) {
        try {
            return of(file, spark.sparkContext().hadoopConfiguration());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Format> of(Path file, Configuration configuration) throws IOException {
        try (InputStream stream = file.getFileSystem(configuration).open(file);
                BufferedInputStream buffered = new BufferedInputStream(stream)) {
            byte[] first = first(buffered);
            if (startsWith(first, PARQUET)) {
                return endsWithMagic(file, configuration) ? Optional.of(Format.PARQUET) : Optional.empty();
            }
            if (startsWith(first, GZIP)) {
                try (InputStream plain = new GZIPInputStream(buffered)) {
                    first = plain.readNBytes(PARQUET.length);
                }
            }
            return startsWith(first, IDX) ? Optional.of(Format.IDX) : Optional.empty();
        }
    }

    /**
     * Returns whether the last bytes are Parquet's magic number, too: the header of a text file may start with PAR1.
     */
    private static boolean endsWithMagic(Path file, Configuration configuration) throws IOException {
        FileSystem system = file.getFileSystem(configuration);
        byte[] last = new byte[PARQUET.length];
        try (FSDataInputStream stream = system.open(file)) {
            stream.readFully(system.getFileStatus(file).getLen() - last.length, last);
        }
        return startsWith(last, PARQUET);
    }

    private static byte[] first(BufferedInputStream stream) throws IOException {
        stream.mark(PARQUET.length);
        byte[] first = stream.readNBytes(PARQUET.length);
        stream.reset();
        return first;
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    /**
     * Checks that the first file does not have another format than the expected one.
     *
     * @throws JobException if the formats differ
     */
    static void check(SparkSession spark, List<Path> files, Format format) {
        Path file = files.get(0);
        find(spark, file).filter(known -> known != format).ifPresent(known -> {
            throw JobException.data("%s is %s and not %s, by its first bytes: give --format %s."
                    .formatted(file, name(known), name(format), name(known)));
        });
    }

    private static String name(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
