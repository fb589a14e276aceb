package org.sparkgrad.job.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineProgressTest {
    @Test
    void linesBecomeRarerAndTheFirstAndTheLastAreThere() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long[] now = {0};
        Progress progress = new LineProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> now[0]);
        progress.note("engine cpu");
        for (int step = 1; step <= 1000; step++) {
            now[0] += 100_000_000L;
            progress.step(new ProgressStep(step, 1000, 1, 1, 0.5, 10, 1));
        }
        progress.done();
        progress.done();
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals("engine cpu", lines.get(0));
        assertTrue(lines.get(1).contains("1/1000"), lines.get(1));
        assertTrue(lines.get(lines.size() - 1).contains("1000/1000"), lines.toString());
        assertTrue(lines.size() < 15, lines.toString());
        assertEquals(lines.size(), lines.stream().distinct().count());
    }
}
