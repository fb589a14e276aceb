package org.sparkgrad.job.read;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.problem.JobException;

/**
 * An IDX file of unsigned bytes, gzip or plain, read record by record.
 *
 * <p>Two zero bytes, the type (8 is an unsigned byte), the number of dimensions, each dimension as a big-endian int, the
 * first being N; then N records of as many bytes as the product of the others.
 */
final class IdxStream implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int UNSIGNED_BYTE = 8;

    private final String file;
    private final DataInputStream in;
    private final int records;
    private final int recordBytes;
    private int read;

    private IdxStream(String file, DataInputStream in) throws IOException {
        this.file = file;
        this.in = in;
        int magic = in.readInt();
        int dimensions = magic & 0xff;
        if (magic >>> 8 != UNSIGNED_BYTE || dimensions == 0) {
            throw JobException.data(String.format(
                    "%s is no IDX file of unsigned bytes: it starts with %08x, not 000008 and the number of dimensions.",
                    file, magic));
        }
        this.records = in.readInt();
        long bytes = 1;
        for (int dimension = 1; dimension < dimensions; dimension++) {
            bytes = Math.multiplyExact(bytes, in.readInt());
        }
        this.recordBytes = Math.toIntExact(bytes);
        if (records < 0 || recordBytes <= 0) {
            throw JobException.data(file + " is damaged: its header names a size below zero. Get it again.");
        }
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws JobException if it is missing, empty or no IDX file
     */
    static IdxStream open(Configuration configuration, String file) {
        InputStream opened = null;
        try {
            Path path = new Path(file);
            opened = path.getFileSystem(configuration).open(path);
            return new IdxStream(file, new DataInputStream(unzipped(new BufferedInputStream(opened, BUFFER))));
        } catch (IOException | RuntimeException e) {
            JobException problem = problem(file, e);
            if (opened != null) {
                try {
                    opened.close();
                } catch (IOException closing) {
                    problem.addSuppressed(closing);
                }
            }
            throw problem;
        }
    }

    /** Returns N. */
    int records() {
        return records;
    }

    /** Returns the bytes of a record: 1 for labels, H x W for images. */
    int recordBytes() {
        return recordBytes;
    }

    /**
     * Reads the next record.
     *
     * @throws JobException if the file ends within it
     */
    void next(byte[] record) {
        try {
            in.readFully(record, 0, recordBytes);
            read++;
        } catch (EOFException e) {
            throw JobException.data(file + " is cut short: its header names " + records + " records, but record " + read
                    + " is not whole. Get the file again.");
        } catch (IOException e) {
            throw problem(file, e);
        }
    }

    /**
     * Checks that nothing follows the last record.
     *
     * @throws JobException if something does
     */
    void expectEnd() {
        try {
            if (in.read() >= 0) {
                throw JobException.data(file + " goes on after the " + records
                        + " records that its header names: it is damaged. Get it again.");
            }
        } catch (IOException e) {
            throw problem(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static InputStream unzipped(BufferedInputStream stream) throws IOException {
        stream.mark(2);
        int magic = stream.read() << 8 | stream.read();
        stream.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(stream, BUFFER) : stream;
    }

    private static JobException problem(String file, Exception e) {
        if (e instanceof EOFException) {
            return JobException.data(file + " ends within its header: it is empty or cut short. Get it again.");
        }
        if (e instanceof ZipException || e instanceof ArithmeticException) {
            return JobException.data(file + " is damaged (" + e.getMessage() + "). Get it again.");
        }
        return ReadProblems.unreadable(file, e);
    }
}
