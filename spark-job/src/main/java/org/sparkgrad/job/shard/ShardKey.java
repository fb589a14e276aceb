package org.sparkgrad.job.shard;

import java.util.Arrays;

/**
 * The key of a row: a 64-bit mix of (seed, row number). The top bits of the key choose the shard. The unsigned order of
 * the keys is the order in the shard. For a fixed seed the mix is a bijection of the row number, so no two row numbers
 * share a key.
 */
final class ShardKey {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private ShardKey() {}

    /** Returns the key of a row. */
    static long of(long seed, long rowNumber) {
        return mix(rowNumber * GOLDEN ^ mix(seed + GOLDEN));
    }

    /** Returns the keys of rows. */
    static long[] of(long seed, long[] rowNumbers) {
        return Arrays.stream(rowNumbers).map(number -> of(seed, number)).toArray();
    }

    /** Returns the shard of a key among S, a power of two. */
    static int shard(long key, int shards) {
        return shards == 1 ? 0 : (int) (key >>> (Long.numberOfLeadingZeros(shards) + 1));
    }

    /** The finaliser of SplitMix64: Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators, 2014. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
