package org.sparkgrad.job.read;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.TaskContext;

/** The lines of a split: those that start in it. A line ends at LF, CR LF or CR. */
final class TextLines implements TextRecords {
    private static final int FIRST_SIZE = 1 << 18;
    private static final int LARGEST_SIZE = Integer.MAX_VALUE - 8;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path file;
    private final InputStream stream;
    private final long end;
    private byte[] buffer = new byte[FIRST_SIZE];
    /** The place in the file of the buffer's first byte. */
    private long offset;
    /** The number of bytes in the buffer. */
    private int filled;

    private int from;
    private int to;
    private int next;
    private boolean plain;
    /** Whether the next line is the first one of the file; a byte order mark may stand before it. */
    private boolean atStart;

    /**
     * @param block the file and the first byte of the split
     * @param end the byte after the split
     * @throws org.sparkgrad.job.problem.JobException if the file cannot be read
     */
    TextLines(FileBlock block, long end, Configuration configuration) {
        this.file = block.path();
        this.end = end;
        try {
            FSDataInputStream raw = file.getFileSystem(configuration).open(file);
            CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file);
            this.stream = codec == null ? raw : codec.createInputStream(raw);
            if (block.start() > 0) {
                // The line of the byte before belongs to the split before.
                offset = block.start() - 1;
                raw.seek(offset);
                advance();
            } else {
                skipByteOrderMark();
                atStart = true;
            }
        } catch (IOException e) {
            throw ReadProblems.unreadable(file.toString(), e);
        }
    }

    private void skipByteOrderMark() throws IOException {
        boolean more = true;
        while (more && filled < BYTE_ORDER_MARK.length) {
            more = fill(0);
        }
        boolean marked = filled >= BYTE_ORDER_MARK.length;
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            marked = marked && buffer[i] == BYTE_ORDER_MARK[i];
        }
        next = marked ? BYTE_ORDER_MARK.length : 0;
    }

    @Override
    public boolean next() {
        try {
            boolean starts = atStart || offset + next < end;
            atStart = false;
            return starts && advance();
        } catch (IOException e) {
            throw ReadProblems.unreadable(file.toString(), e);
        }
    }

    private boolean advance() throws IOException {
        from = next;
        plain = true;
        int at = from;
        while (true) {
            while (at < filled) {
                byte b = buffer[at];
                if (b <= '\r') {
                    if (b == '\n' || b == '\r') {
                        return endOfLine(at);
                    }
                    plain &= b > 0;
                }
                at++;
            }
            int length = at - from;
            if (!fill(from)) {
                to = from + length;
                next = to;
                return length > 0;
            }
            at = from + length;
        }
    }

    /** Ends the line at a line break. */
    private boolean endOfLine(int at) throws IOException {
        int length = at - from;
        boolean more = at + 1 < filled || (buffer[at] == '\r' && fill(from));
        to = from + length;
        next = to + (more && buffer[to] == '\r' && buffer[to + 1] == '\n' ? 2 : 1);
        return true;
    }

    /** Reads more bytes and keeps those from a place on; returns false at the end of the file. */
    private boolean fill(int kept) throws IOException {
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.killTaskIfInterrupted();
        }
        if (filled == buffer.length) {
            int length = filled - kept;
            byte[] larger = buffer;
            if (length > buffer.length / 2) {
                if (buffer.length == LARGEST_SIZE) {
                    throw new IOException("a line has more than " + LARGEST_SIZE + " bytes");
                }
                larger = new byte[(int) Math.min(LARGEST_SIZE, 2L * buffer.length)];
            }
            System.arraycopy(buffer, kept, larger, 0, length);
            buffer = larger;
            offset += kept;
            from -= kept;
            filled = length;
        }
        int read = stream.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, read);
        return read > 0;
    }

    @Override
    public byte[] bytes() {
        return buffer;
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public int to() {
        return to;
    }

    @Override
    public boolean isPlain() {
        return plain;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw ReadProblems.unreadable(file.toString(), e);
        }
    }
}
