package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Precision;

class ShardKeyTest {
    @Test
    void keysAreUniqueAndSpreadEvenly() {
        Set<Long> keys = new HashSet<>();
        int[] rows = new int[16];
        for (long row = 0; row < 100_000; row++) {
            long key = ShardKey.of(7, row);
            keys.add(key);
            rows[ShardKey.shard(key, 16)]++;
        }
        assertEquals(100_000, keys.size());
        for (int count : rows) {
            assertTrue(Math.abs(count - 6250) < 5 * Math.sqrt(6250), "a shard of " + count);
        }
    }

    @Test
    void theSeedMatters() {
        assertNotEquals(ShardKey.of(1, 5), ShardKey.of(2, 5));
    }

    @Test
    void oneShardTakesAll() {
        assertEquals(0, ShardKey.shard(-1, 1));
        assertEquals(1, ShardKey.shard(-1, 2));
    }

    @Test
    void shardsFollowDataAndBatchSize() {
        assertEquals(16, ShardCount.of(60_000, 784, Precision.FLOAT, null));
        assertEquals(128, ShardCount.of(2_000_000, 1000, Precision.FLOAT, null));
        assertEquals(16, ShardCount.of(60_000, 784, Precision.FLOAT, 256L));
        assertEquals(4, ShardCount.of(60_000, 784, Precision.FLOAT, 127L));
        assertEquals(1, ShardCount.of(60_000, 784, Precision.FLOAT, 1L));
        assertEquals(4096, ShardCount.of(1L << 40, 784, Precision.FLOAT, null));
    }
}
