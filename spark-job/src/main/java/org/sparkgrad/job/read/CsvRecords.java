package org.sparkgrad.job.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/** Reads the records of one file from its start, and keeps line breaks within quoted cells. */
final class CsvRecords implements TextRecords {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** A record of more bytes than this has a quote that does not end. */
    private static final int LONGEST = 1 << 26;

    private final FileBlock block;
    private final CsvLine cutter;
    private final BufferedReader reader;
    private final StringBuilder line = new StringBuilder();
    private String text = "";
    private byte[] bytes = new byte[0];

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
    }

    @Override
    public boolean next() {
        try {
            String record = record();
            text = record == null ? "" : record;
            bytes = text.getBytes(StandardCharsets.UTF_8);
            return record != null;
        } catch (IOException e) {
            throw ReadProblems.unreadable(block.file(), e);
        }
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public int to() {
        return bytes.length;
    }

    @Override
    public boolean isPlain() {
        return false;
    }

    @Override
    public String text() {
        return text;
    }

    private @Nullable String record() throws IOException {
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.killTaskIfInterrupted();
        }
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
