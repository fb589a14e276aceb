package org.sparkgrad.job.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now = Long.MAX_VALUE - 500_000_000L;

    @Test
    void linesComeAtGrowingIntervalsWithTheFirstAndTheLast() {
        Progress progress = new LineProgress(stream, () -> now);
        progress.note("engine cpu: asked for");
        for (int step = 1; step <= 100; step++) {
            progress.step(step(step));
            now += 100_000_000L;
        }
        progress.done();
        progress.done();

        assertEquals(
                List.of(
                        "engine cpu: asked for",
                        "step 1/100",
                        "step 11/100",
                        "step 31/100",
                        "step 71/100",
                        "step 100/100"),
                text().lines().toList());
    }

    @Test
    void theTerminalsLineIsWrittenAnewAndEndsWithTheLastStep() {
        Progress progress = new TerminalProgress(stream, () -> now);
        progress.step(step(1));
        progress.step(step(2));
        now += 300_000_000L;
        progress.step(step(3));
        progress.note("a note");
        progress.step(step(100));
        progress.done();
        progress.done();

        String clear = "\r\u001b[K";
        assertEquals(
                clear + "step 1/100" + clear + "step 3/100" + clear + "a note\n" + clear + "step 3/100" + clear
                        + "step 100/100\n",
                text());
    }

    @Test
    void aLineTellsEpochObjectiveSpeedAndTimeLeft() {
        assertEquals(
                "epoch 2/5, step 150/395, objective 0.412346, 1.23M rows/s, 1 min 05 s left",
                ProgressText.of(new ProgressStep(150, 395, 2, 5, 0.4123456, 1_234_567, 65)));
        assertEquals("step 9/9, objective 0.500000", ProgressText.of(new ProgressStep(9, 9, 0, 0, 0.5, Double.NaN, 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "0.04,0.0 s",
        "59.94,59.9 s",
        "59.97,1 min 00 s",
        "60,1 min 00 s",
        "3599.7,1 h 00 min",
        "7320,2 h 02 min"
    })
    void durationsRead(double seconds, String text) {
        assertEquals(text, ProgressText.duration(seconds));
    }

    @ParameterizedTest
    @CsvSource({"7,7", "999.6,1.00k", "1234,1.23k", "45678,45.7k", "999999,1.00M", "1234567,1.23M", "2.5e9,2.50G"})
    void countsRead(double number, String text) {
        assertEquals(text, ProgressText.count(number));
    }

    @Test
    void theMeterSurvivesMoreStepsThanAnIntCounts() {
        List<ProgressStep> steps = new ArrayList<>();
        Progress recorder = new Progress() {
            @Override
            public void note(String line) {}

            @Override
            public void step(ProgressStep step) {
                steps.add(step);
            }

            @Override
            public void done() {}
        };

        new StepMeter(recorder, 1 << 20, 1 << 20, () -> 10, 0).stepped(3, 0.5);

        assertEquals(Integer.MAX_VALUE, steps.get(0).steps());
        assertEquals(1, steps.get(0).epoch());
    }

    private static ProgressStep step(int step) {
        return new ProgressStep(step, 100, 0, 0, Double.NaN, Double.NaN, Double.NaN);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
