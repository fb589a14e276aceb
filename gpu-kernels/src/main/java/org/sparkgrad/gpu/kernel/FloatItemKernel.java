package org.sparkgrad.gpu.kernel;

/**
 * The shape for OpenCL devices made of processor cores: one work item a group. It takes its lot in small strips of rows,
 * in loops that the device's compiler turns into vector instructions: those over independent sums.
 */
public abstract class FloatItemKernel extends FloatDenseKernel {
    /** Rows of a lot. */
    public static final int LOT = 256;

    /** Sums that an item merges in one go: they stay in the nearest cache. */
    private static final int CHUNK = 1024;

    FloatItemKernel(
            int loss, int width, int outputs, float[] features, int[] labels, float[] weights, int localMargins) {
        super(loss, width, outputs, features, labels, weights, localMargins);
    }

    @Override
    public final int items() {
        return Math.max(lotCount, Math.multiplyExact(partCount, (size + CHUNK - 1) / CHUNK));
    }

    @Override
    public final int groupSize() {
        return 1;
    }

    @Override
    void merge() {
        int chunks = (size + CHUNK - 1) / CHUNK;
        int item = getGlobalId();
        if (item < partCount * chunks) {
            int part = item / chunks;
            int from = item % chunks * CHUNK;
            int count = min(CHUNK, size - from);
            int first = 2 * size * part + from;
            int second = first + size;
            for (int i = 0; i < count; i++) {
                sums[first + i] = part < carried ? carry[first + i] : 0;
                sums[second + i] = part < carried ? carry[second + i] : 0;
            }
            int lot = parts[3 * part];
            for (int n = 0; n < parts[3 * part + 1]; n++) {
                add((lot + n * parts[3 * part + 2]) * size + from, first, second, count);
            }
        }
    }

    /** Adds partial sums to pairs: D. E. Knuth, The Art of Computer Programming, volume 2, 4.2.2, theorem B. */
    private void add(int from, int first, int second, int count) {
        for (int i = 0; i < count; i++) {
            float before = sums[first + i];
            float added = partials[from + i];
            float after = before + added;
            float taken = after - before;
            sums[second + i] += (before - (after - taken)) + (added - taken);
            sums[first + i] = after;
        }
    }
}
