package org.sparkgrad.gpu.engine;

import org.sparkgrad.gpu.block.Precision;

/**
 * The sum so far of the shard that a step is in, as the device's pairs: a launch that goes on with the shard starts from
 * it. So the bits do not depend on where launches and segments end.
 */
final class ShardCarry {
    private static final int NONE = -1;

    private final DeviceNumbers pairs;
    private int shard = NONE;

    /** @param sums P */
    ShardCarry(Precision precision, int sums) {
        this.pairs = new DeviceNumbers(precision, 2 * sums);
    }

    /** A new step begins. */
    void clear() {
        shard = NONE;
    }

    /** Returns whether a shard was begun by the last launch of this step. */
    boolean holds(int other) {
        return shard == other;
    }

    /** Keeps the pairs of a shard, which are at {@code from}. */
    void keep(int ofShard, DeviceNumbers sums, int from) {
        shard = ofShard;
        pairs.copy(sums, from, 0, pairs.length());
    }

    /** Writes the pairs to another array. */
    void writeTo(DeviceNumbers carry) {
        carry.copy(pairs, 0, 0, pairs.length());
    }
}
