package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.ScheduleSettings;
import org.sparkgrad.job.config.ValidationSettings;

class InitialCoefficientsTest {
    private static Coefficients of(Init init, long seed) {
        OptimizerSettings settings = new OptimizerSettings(
                Method.AUTO,
                null,
                ScheduleSettings.CONSTANT,
                null,
                1,
                1,
                0,
                null,
                init,
                null,
                ValidationSettings.NONE,
                seed);
        return InitialCoefficients.of(settings, 3, 50);
    }

    @Test
    void zeroIsZero() {
        assertArrayEquals(new double[3 * 51], of(Init.ZERO, 1).values());
    }

    @Test
    void randomIsSmallAndByTheSeed() {
        Coefficients random = of(Init.RANDOM, 1);
        assertTrue(Arrays.stream(random.values()).allMatch(w -> Math.abs(w) <= 0.01));
        assertEquals(
                150,
                Arrays.stream(random.values()).filter(w -> w != 0).distinct().count());
        for (int k = 0; k < 3; k++) {
            assertEquals(0, random.intercept(k));
        }
        assertArrayEquals(random.values(), of(Init.RANDOM, 1).values());
        assertFalse(Arrays.equals(random.values(), of(Init.RANDOM, 2).values()));
    }
}
