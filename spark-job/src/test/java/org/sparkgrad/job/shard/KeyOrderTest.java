package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The sort of keys, and the order of their rows. */
class KeyOrderTest {
    private static final int[] SIZES = {0, 1, 2, 13, 33, 257, 4098};

    @Test
    void keysOfAllShardsAreSorted() {
        Random random = new Random(1);
        check(i -> random.nextLong());
    }

    @Test
    void keysOfOneShardAreSorted() {
        Random random = new Random(2);
        check(i -> Long.MIN_VALUE + (5L << 58) + (random.nextLong() >>> 6));
    }

    @Test
    void otherNumbersAreSorted() {
        Random random = new Random(3);
        check(i -> 7);
        check(i -> -i);
        check(i -> i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
        check(i -> random.nextInt(5));
        check(i -> i == 0 ? Long.MAX_VALUE : random.nextInt());
    }

    private static void check(LongUnaryOperator numbers) {
        for (int size : SIZES) {
            long[] all = LongStream.range(0, size).map(numbers).toArray();
            int[] order = KeyOrder.of(all);
            assertArrayEquals(
                    IntStream.range(0, size)
                            .boxed()
                            .sorted((a, b) -> Long.compareUnsigned(all[a], all[b]))
                            .mapToInt(Integer::intValue)
                            .toArray(),
                    order);
            long[] ordered = IntStream.of(order).mapToLong(i -> all[i]).toArray();
            assertTrue(KeyOrder.isSorted(ordered));
            assertEquals(Arrays.equals(all, ordered), KeyOrder.isSorted(all));
            long[] expected = all.clone();
            Arrays.sort(expected);
            assertArrayEquals(expected, KeyOrder.sorted(all));
        }
    }
}
