package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.config.ScheduleSettings;
import org.sparkgrad.job.config.ScheduleSettings.Kind;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

class ScheduleTest {
    private static void assertRates(Schedule schedule, Map<Integer, Double> expected) {
        expected.forEach((step, rate) -> assertEquals(rate, schedule.at(step), 1e-15, "at step " + step));
    }

    private static Schedule of(Kind kind, double decay, int steps, double power, int warmup, long total) {
        return Schedules.of(new ScheduleSettings(kind, decay, steps, power, warmup), 0.8, total);
    }

    @Test
    void constantStays() {
        assertRates(of(Kind.CONSTANT, 0.5, 10, 1, 0, 100), Map.of(0, 0.8, 99, 0.8, 1000, 0.8));
    }

    @Test
    void stepFallsAtOnce() {
        assertRates(of(Kind.STEP, 0.5, 10, 1, 0, 100), Map.of(0, 0.8, 9, 0.8, 10, 0.4, 19, 0.4, 20, 0.2));
    }

    @Test
    void exponentialFallsInEachStep() {
        assertRates(of(Kind.EXPONENTIAL, 0.25, 10, 1, 0, 100), Map.of(0, 0.8, 5, 0.4, 10, 0.2, 15, 0.1, 20, 0.05));
    }

    @Test
    void inverseDividesByAPower() {
        assertRates(of(Kind.INVERSE, 0.5, 10, 1, 0, 100), Map.of(0, 0.8, 10, 0.4, 30, 0.2, 70, 0.1));
        assertRates(of(Kind.INVERSE, 0.5, 10, 0.5, 0, 100), Map.of(0, 0.8, 30, 0.4, 150, 0.2));
    }

    @Test
    void polynomialIsZeroAtTheEnd() {
        assertRates(of(Kind.POLYNOMIAL, 0.5, 10, 1, 0, 100), Map.of(0, 0.8, 50, 0.4, 75, 0.2, 100, 0.0, 200, 0.0));
        assertRates(of(Kind.POLYNOMIAL, 0.5, 10, 2, 0, 100), Map.of(0, 0.8, 50, 0.2, 75, 0.05, 100, 0.0));
    }

    @Test
    void cosineWarmsUpAndIsZeroAtTheEnd() {
        Schedule warm = of(Kind.COSINE, 0.5, 10, 1, 20, 100);
        assertRates(warm, Map.of(0, 0.04, 9, 0.4, 19, 0.8, 20, 0.8, 60, 0.4, 100, 0.0, 200, 0.0));
        assertEquals(0.4 + 0.4 * Math.sqrt(0.5), warm.at(40), 1e-15);
        assertEquals(0.4 - 0.4 * Math.sqrt(0.5), warm.at(80), 1e-15);
        assertRates(of(Kind.COSINE, 0.5, 10, 1, 0, 100), Map.of(0, 0.8, 50, 0.4, 100, 0.0));
    }

    @Test
    void theLastStepOfTrainingStillMoves() {
        assertTrue(of(Kind.POLYNOMIAL, 0.5, 10, 1, 0, 100).at(99) > 0);
        assertTrue(of(Kind.COSINE, 0.5, 10, 1, 20, 100).at(99) > 0);
    }

    @Test
    void aWarmupUntilTheEndIsRefused() {
        JobException problem = assertThrows(JobException.class, () -> of(Kind.COSINE, 0.5, 10, 1, 100, 100));
        assertEquals(ExitCode.USAGE, problem.exitCode());
    }
}
