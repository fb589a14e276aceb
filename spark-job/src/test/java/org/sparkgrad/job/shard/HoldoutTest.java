package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HoldoutTest {
    private static final int ROWS = 100_000;

    private static double share(double fraction, long seed) {
        return LongStream.range(0, ROWS)
                        .filter(row -> Holdout.contains(row, fraction, seed))
                        .count()
                / (double) ROWS;
    }

    @Test
    void theShareIsAsAsked() {
        assertEquals(0.2, share(0.2, 1), 0.005);
        assertEquals(0.9, share(0.9, 2), 0.005);
        assertEquals(0, share(0, 3));
    }

    @Test
    void aLargerShareHoldsTheSmallerOne() {
        LongStream.range(0, 1000)
                .filter(row -> Holdout.contains(row, 0.1, 1))
                .forEach(row -> assertTrue(Holdout.contains(row, 0.3, 1)));
    }

    @Test
    void shardsGiveUpEvenShares() {
        int[] rows = new int[8];
        int[] held = new int[8];
        for (int row = 0; row < ROWS; row++) {
            int shard = ShardKey.shard(ShardKey.of(1, row), 8);
            rows[shard]++;
            held[shard] += Holdout.contains(row, 0.2, 1) ? 1 : 0;
        }
        for (int s = 0; s < 8; s++) {
            assertEquals(0.2, held[s] / (double) rows[s], 0.02);
        }
    }

    @Test
    void anotherSeedHoldsOutOtherRows() {
        boolean same = LongStream.range(0, 100)
                .allMatch(row -> Holdout.contains(row, 0.5, 1) == Holdout.contains(row, 0.5, 2));
        assertFalse(same);
    }
}
