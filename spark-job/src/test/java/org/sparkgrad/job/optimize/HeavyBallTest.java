package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeavyBallTest {
    /** Polyak's own form: the step before is taken again, shortened. */
    @Test
    void followsPolyaksRecurrence() {
        HeavyBall updater = new HeavyBall(2);
        double[] actual = {1, -3};
        double[] now = {1, -3};
        double[] before = now.clone();
        for (int step = 0; step < 50; step++) {
            double rate = step < 20 ? 0.1 : 0.05;
            double[] next = new double[2];
            for (int i = 0; i < 2; i++) {
                next[i] = now[i] - rate * (i + 1) * now[i] + 0.9 * (now[i] - before[i]);
            }
            updater.update(actual, new double[] {actual[0], 2 * actual[1]}, rate, step);
            before = now;
            now = next;
            assertArrayEquals(now, actual, 1e-13);
        }
        assertEquals(now[0] - before[0], updater.state()[0], 1e-14);
    }
}
