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
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.problem.JobException;

/**
 * Reads an IDX file of unsigned bytes, gzip or plain, record by record.
 *
 * <p>An IDX file has two zero bytes, the type (8 is an unsigned byte), the number of dimensions, and each dimension as
 * a big-endian int. The first dimension is N. Then N records follow, whose number of bytes is the product of the other
 * dimensions.
 */
final class IdxStream implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int UNSIGNED_BYTE = 8;

    /** The largest compression ratio of gzip. */
    private static final int GZIP_RATIO = 1032;

    private final String file;
    private final DataInputStream in;
    private final int dimensions;
    private final int records;
    private final int recordBytes;
    private int read;

    private IdxStream(String file, DataInputStream in) throws IOException {
        this.file = file;
        this.in = in;
        int magic = in.readInt();
        this.dimensions = magic & 0xff;
        if (magic >>> 8 != UNSIGNED_BYTE || dimensions == 0) {
            throw JobException.data(String.format(
                    "%s is no IDX file of unsigned bytes: it starts with %08x, not 000008 and the number of dimensions.",
                    file, magic));
        }
        this.records = in.readInt();
        long bytes = 1;
        boolean positive = records >= 0;
        for (int dimension = 1; dimension < dimensions; dimension++) {
            int size = in.readInt();
            positive &= size > 0;
            bytes = Math.multiplyExact(bytes, size);
        }
        if (!positive) {
            throw JobException.data(file + " is damaged: its header names a size of zero or below. Get it again.");
        }
        this.recordBytes = Math.toIntExact(bytes);
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
            FileSystem files = path.getFileSystem(configuration);
            long length = files.getFileStatus(path).getLen();
            opened = files.open(path);
            BufferedInputStream buffered = new BufferedInputStream(opened, BUFFER);
            boolean zipped = isZipped(buffered);
            InputStream plain = zipped ? new GZIPInputStream(buffered, BUFFER) : buffered;
            IdxStream stream = new IdxStream(file, new DataInputStream(plain));
            stream.checkLength(length, zipped);
            return stream;
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

    /** Compares the size in the header with the size of the file, before memory for a record is allocated. */
    private void checkLength(long length, boolean zipped) {
        long named = (long) records * recordBytes;
        long there = length - Integer.BYTES * (1L + dimensions);
        if (zipped && named > length * GZIP_RATIO) {
            throw JobException.data(file + " is damaged: its header names " + records + " records of " + recordBytes
                    + " bytes, more than " + length + " bytes of gzip can hold. Get it again.");
        }
        if (!zipped && named > there) {
            throw cutShort(there / recordBytes);
        }
        if (!zipped && named < there) {
            throw goesOn();
        }
    }

    private JobException cutShort(long wholeRecords) {
        return JobException.data(file + " is cut short: its header names " + records + " records of " + recordBytes
                + " bytes, but record " + wholeRecords + " is not whole. Get the file again.");
    }

    private JobException goesOn() {
        return JobException.data(file + " goes on after the " + records + " records of " + recordBytes
                + " bytes that its header names: it is damaged. Get it again.");
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
            throw cutShort(read);
        } catch (IOException e) {
            throw problem(file, e);
        }
    }

    /**
     * Checks that no bytes follow the last record.
     *
     * @throws JobException if bytes follow
     */
    void expectEnd() {
        try {
            if (in.read() >= 0) {
                throw goesOn();
            }
        } catch (IOException e) {
            throw problem(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static boolean isZipped(BufferedInputStream stream) throws IOException {
        stream.mark(2);
        int magic = stream.read() << 8 | stream.read();
        stream.reset();
        return magic == GZIP_MAGIC;
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
