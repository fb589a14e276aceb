package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
}
