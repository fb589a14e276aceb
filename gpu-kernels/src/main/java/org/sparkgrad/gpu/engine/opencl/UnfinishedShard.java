package org.sparkgrad.gpu.engine.opencl;

import org.sparkgrad.gpu.device.DeviceArray;

/**
 * The sums so far of the shard in which the last launch of a step ended, as pairs of numbers of the device, for each model.
 * The next launch starts from these pairs if it begins in the same shard. So the bits do not depend on where launches and
 * segments end.
 */
final class UnfinishedShard {
    private static final int NONE = -1;

    private final int sums;
    private double[] pairs;
    private int shard = NONE;

    /** @param sums P, the numbers that a model has */
    UnfinishedShard(int sums) {
        this.sums = sums;
        this.pairs = new double[2 * sums];
    }

    /** Begins a step for some number of models. */
    void clear(int models) {
        shard = NONE;
        if (pairs.length != 2 * sums * models) {
            pairs = new double[2 * sums * models];
        }
    }

    /** Returns whether the last launch of this step ended in a shard. */
    boolean is(int other) {
        return shard == other;
    }

    /** Copies the pairs of the shard in which a launch ended, which start at an index of an array. */
    void keep(int ofShard, DeviceArray from, int at) {
        shard = ofShard;
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = from.get(at + i);
        }
    }

    /** Copies the pairs to an array of the kernel. */
    void writeTo(DeviceArray carry) {
        carry.writeRounded(0, pairs);
    }
}
