package org.sparkgrad.job.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.sparkgrad.job.TestSpark;

/** A small valid file to damage. */
final class MutationFile {
    /** The files' names; what stands in them is told by the ending. */
    static final String[] NAMES = {
        "rows.csv", "rows.csv.gz", "rows.tsv", "rows.svm", "cells.parquet", "vectors.parquet", "images", "images.gz"
    };

    private static final int ROWS = 40;
    private static final int IDX_HEADER = 4 * Integer.BYTES;

    private final Path folder;
    private final String name;
    private final byte[] bytes;
    private final String options;

    private MutationFile(Path folder, String name, byte[] bytes, String options) {
        this.folder = folder;
        this.name = name;
        this.bytes = bytes;
        this.options = options;
    }

    /** Returns its name. */
    String name() {
        return name;
    }

    /** Returns its content. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns how to train on it, as DATA. */
    String options() {
        return options;
    }

    /** Writes all files, and the labels of the images. */
    static List<MutationFile> write(Path folder, CommandRuns runs) throws IOException {
        StringBuilder csv = new StringBuilder("x,y,\"the label\"\n");
        StringBuilder tsv = new StringBuilder();
        StringBuilder svm = new StringBuilder();
        ByteBuffer images = ByteBuffer.allocate(IDX_HEADER + ROWS * 4);
        images.putInt(0x803).putInt(ROWS).putInt(2).putInt(2);
        ByteBuffer labels =
                ByteBuffer.allocate(2 * Integer.BYTES + ROWS).putInt(0x801).putInt(ROWS);
        for (int i = 0; i < ROWS; i++) {
            int y = i * 7 % 13;
            int label = (i + y) % 3 == 0 ? 1 : 0;
            csv.append("%d,%s,%s%n".formatted(i, y / 4.0, label == 1 ? "\"a, \"\"b\"\"\"" : "c"));
            tsv.append("%d\t%d\t%s\t1.5\r\n".formatted(label, i, y / 8.0));
            svm.append("%d 1:%d 3:%s 12:1e-1%n".formatted(label, i, y / 2.0));
            images.put(new byte[] {(byte) (7 * i), (byte) y, 0, (byte) 255});
            labels.put((byte) label);
        }
        Files.write(folder.resolve("labels"), labels.array());
        writeCells(folder.resolve("cells"));
        runs.ok("generate --kind dense --features 5 --rows 40 --format parquet --output @vectors");
        String idx = "--format idx --data DATA --labels @labels";
        List<MutationFile> files = List.of(
                file(folder, 0, text(csv), "--header --data DATA --features x,y"),
                file(folder, 1, zip(text(csv)), "--header --data DATA"),
                file(folder, 2, text(tsv), "--format tsv --data DATA --label 0 --weight -1"),
                file(folder, 3, text(svm), "--format libsvm --data DATA"),
                file(folder, 4, part(folder.resolve("cells")), "--data DATA --ignore-columns note"),
                file(folder, 5, part(folder.resolve("vectors")), "--data DATA"),
                file(folder, 6, images.array(), idx),
                file(folder, 7, zip(images.array()), idx));
        for (MutationFile file : files) {
            Files.write(folder.resolve(file.name), file.bytes);
        }
        return files;
    }

    /**
     * Counts the records of a file like this one, as plainly as can be; throws if it is no whole one. Damage in the column
     * that is ignored is damage in nothing that is read.
     */
    long records(byte[] content) throws IOException {
        return switch (name) {
            case "rows.csv" -> csvRecords(text(content), ',') - 1;
            case "rows.csv.gz" -> csvRecords(text(unzip(content)), ',') - 1;
            case "rows.tsv" -> csvRecords(text(content), '\t');
            case "rows.svm" ->
                text(content)
                        .lines()
                        .filter(line -> !line.replaceFirst("#.*", "").isBlank())
                        .count();
            case "images" -> images(content);
            case "images.gz" -> images(unzip(content));
            default -> {
                Path copy = Files.write(folder.resolve("copy.parquet"), content);
                yield TestSpark.session("local[2]")
                        .read()
                        .parquet(copy.toString())
                        .drop("note")
                        .collectAsList()
                        .size();
            }
        };
    }

    private static long images(byte[] content) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(content);
        int kind = header.getInt();
        long records = header.getInt();
        long size = records;
        for (int dimension = 1; dimension < (kind & 0xff); dimension++) {
            size *= header.getInt();
        }
        if (kind >>> 8 != 8 || header.remaining() != size) {
            throw new IOException(header.remaining() + " bytes, where the header names " + size);
        }
        return records;
    }

    /** Counts records, a line break within quotes being none; a quote counts at a cell's start alone. */
    private static long csvRecords(String text, char delimiter) {
        long records = 0;
        boolean blank = true;
        boolean cellStart = true;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '\n' || c == '\r') {
                records += blank ? 0 : 1;
                blank = true;
                cellStart = true;
            } else if (c == '"' && cellStart) {
                quoted = true;
                cellStart = false;
                blank = false;
            } else {
                boolean space = Character.isWhitespace(c) && c != delimiter;
                blank &= space;
                cellStart = c == delimiter || (cellStart && space);
            }
        }
        return records + (blank ? 0 : 1);
    }

    private static void writeCells(Path folder) {
        TestSpark.session("local[2]")
                .range(0, ROWS, 1, 1)
                .selectExpr(
                        "cast(id as double) / 3 as x",
                        "cast(id * 7 % 13 as int) as y",
                        "concat('note ', id) as note",
                        "if(id % 3 = 0, 'a', 'b') as label")
                .write()
                .parquet(folder.toString());
    }

    private static byte[] part(Path folder) throws IOException {
        try (var parts = Files.list(folder)) {
            List<Path> found = new ArrayList<>(
                    parts.filter(part -> part.toString().endsWith(".parquet")).toList());
            found.sort(null);
            return Files.readAllBytes(found.get(0));
        }
    }

    private static MutationFile file(Path folder, int name, byte[] bytes, String options) {
        return new MutationFile(folder, NAMES[name], bytes, options);
    }

    private static byte[] text(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static byte[] unzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
