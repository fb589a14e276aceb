package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
    private static final List<String> PIECES = List.of("\n", "\r\n", "\r", "a", "bc", "ü", "", "\n\r");

    @TempDir
    private Path folder;

    @Test
    void everySplitHasTheLinesThatStartInIt() throws IOException {
        Random random = new Random(7);
        for (int file = 0; file < 30; file++) {
            StringBuilder text = new StringBuilder();
            for (int piece = 0; piece < 25; piece++) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            List<String> expected = new BufferedReader(new StringReader(text.toString()))
                    .lines()
                    .toList();
            byte[] bytes = (file % 2 == 0 ? "\uFEFF" + text : text.toString()).getBytes(StandardCharsets.UTF_8);
            Path path = Files.write(folder.resolve("text" + file), bytes);
            for (int size = 1; size <= bytes.length; size++) {
                List<String> lines = new ArrayList<>();
                for (int start = 0; start < bytes.length; start += size) {
                    lines.addAll(lines(path, start, Math.min(bytes.length, start + size)));
                }
                assertEquals(expected, lines, "file " + file + " in splits of " + size);
            }
        }
    }

    @Test
    void aLineMayBeLongerThanTheBuffer() throws IOException {
        String line = "0123456789".repeat(200_000);
        Path path = Files.writeString(folder.resolve("long"), "a\n" + line + "\r\nb");
        assertEquals(List.of("a", line, "b"), lines(path, 0, Long.MAX_VALUE));
        assertEquals(List.of(), lines(path, 3, 1_000_000));
        assertEquals(List.of("b"), lines(path, 1_000_000, Long.MAX_VALUE));
    }

    @Test
    void plainLinesHaveAsciiOnly() throws IOException {
        Path path = Files.write(folder.resolve("plain"), "a\t b\nü\n\0\nc".getBytes(StandardCharsets.UTF_8));
        List<Boolean> plain = new ArrayList<>();
        try (TextRecords lines = open(path, 0, Long.MAX_VALUE)) {
            while (lines.next()) {
                plain.add(lines.isPlain());
            }
        }
        assertEquals(List.of(true, false, false, true), plain);
    }

    @Test
    void otherEncodingsAreSeen() throws IOException {
        Path path = Files.write(folder.resolve("latin"), "ä\nü".getBytes(StandardCharsets.ISO_8859_1));
        try (TextRecords lines = open(path, 0, Long.MAX_VALUE)) {
            assertTrue(lines.next());
            assertFalse(lines.isUtf8(lines.text()));
        }
    }

    private static TextRecords open(Path path, long start, long end) {
        FileBlock block = new FileBlock(path.toUri().toString(), start);
        return new TextSplit(block, end, false).open(CsvDialect.LINES, new Configuration());
    }

    private static List<String> lines(Path path, long start, long end) {
        List<String> all = new ArrayList<>();
        try (TextRecords lines = open(path, start, end)) {
            while (lines.next()) {
                all.add(lines.text());
            }
        }
        return all;
    }
}
