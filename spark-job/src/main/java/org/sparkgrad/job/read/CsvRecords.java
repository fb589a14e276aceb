package org.sparkgrad.job.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one file from its start, and keeps line breaks within quoted cells. Each row has the text, the
 * file and the start of the block.
 */
final class CsvRecords implements Iterator<Row>, AutoCloseable {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** A record of more bytes than this has a quote that does not end. */
    private static final int LONGEST = 1 << 26;

    private final FileBlock block;
    private final CsvLine cutter;
    private final BufferedReader reader;
    private final StringBuilder line = new StringBuilder();
    private @Nullable String next;

    /**
     * @param file the file, as in {@link FileBlock#file}
     * @throws org.sparkgrad.job.problem.JobException if the file cannot be read
     */
    CsvRecords(String file, CsvDialect dialect, Configuration configuration) {
        this.block = new FileBlock(file, 0);
        this.cutter = new CsvLine(dialect);
        try {
            Path path = block.path();
            InputStream stream = path.getFileSystem(configuration).open(path);
            CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
            InputStream plain = codec == null ? stream : codec.createInputStream(stream);
            this.reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
        } catch (IOException e) {
            throw ReadProblems.unreadable(file, e);
        }
        TaskContext task = TaskContext.get();
        if (task != null) {
            TaskCompletionListener closing = context -> close();
            task.addTaskCompletionListener(closing);
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = record();
            } catch (IOException e) {
                throw ReadProblems.unreadable(block.file(), e);
            }
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Row row = RowFactory.create(next.getBytes(StandardCharsets.UTF_8), block.file(), block.start());
        next = null;
        return row;
    }

    private @Nullable String record() throws IOException {
        StringBuilder record = new StringBuilder();
        String end = line();
        boolean any = line.length() > 0 || !end.isEmpty();
        boolean inside = cutter.endsInside(line.toString(), false);
        record.append(line);
        while (inside && !end.isEmpty() && record.length() < LONGEST) {
            record.append(end);
            end = line();
            inside = cutter.endsInside(line.toString(), true);
            record.append(line);
        }
        return any ? record.toString() : null;
    }

    /** Reads a line and returns its line break; an empty text at the end of the file. */
    private String line() throws IOException {
        line.setLength(0);
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\n') {
                return "\n";
            }
            if (c == '\r') {
                reader.mark(1);
                if (reader.read() == '\n') {
                    return "\r\n";
                }
                reader.reset();
                return "\r";
            }
            line.append((char) c);
        }
        return "";
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw ReadProblems.unreadable(block.file(), e);
        }
    }
}
