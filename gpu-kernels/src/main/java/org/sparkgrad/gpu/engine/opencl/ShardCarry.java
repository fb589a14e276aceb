package org.sparkgrad.gpu.engine.opencl;

import org.sparkgrad.gpu.block.Precision;

/**
 * The sums so far of the shard that a step is in, as the device's pairs, a model each: a launch that goes on with the
 * shard starts from them. So the bits do not depend on where launches and segments end.
 */
final class ShardCarry {
    private static final int NONE = -1;

    private final Precision precision;
    private final int sums;
    private DeviceNumbers pairs;
    private int shard = NONE;

    /** @param sums P */
    ShardCarry(Precision precision, int sums) {
        this.precision = precision;
        this.sums = sums;
        this.pairs = new DeviceNumbers(precision, 2 * sums);
    }

    /** A new step begins, for so many models. */
    void clear(int models) {
        shard = NONE;
        if (pairs.length() != 2 * sums * models) {
            pairs = new DeviceNumbers(precision, 2 * sums * models);
        }
    }

    /** Returns whether a shard was begun by the last launch of this step. */
    boolean holds(int other) {
        return shard == other;
    }

    /** Keeps the pairs of a shard, which are from {@code from} on. */
    void keep(int ofShard, DeviceNumbers from, int at) {
        shard = ofShard;
        pairs.copy(from, at, 0, pairs.length());
    }

    /** Writes the pairs to another array. */
    void writeTo(DeviceNumbers carry) {
        carry.copy(pairs, 0, 0, pairs.length());
    }
}
