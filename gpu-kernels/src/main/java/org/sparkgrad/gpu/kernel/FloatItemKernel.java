package org.sparkgrad.gpu.kernel;

/**
 * The dense kernels for OpenCL devices made of processor cores: one work item a group. The item sums its lot in small strips
 * of rows, in loops over independent sums, which the device's compiler turns into vector instructions.
 */
@SuppressWarnings("cast") // the same class in double has casts that it does not need
public abstract class FloatItemKernel extends FloatDenseKernel {
    /** Rows of a lot. */
    public static final int LOT = 256;

    /** For larger x exp(-x) is no normal number, or close to none. */
    private static final float FARTHEST = (float) (-Float.MIN_EXPONENT * 0.693);

    /** Sums that an item merges at a time: they fit the first-level cache. */
    private static final int CHUNK = 1024;

    FloatItemKernel(
            int loss, int width, int outputs, float[] features, int[] labels, float[] weights, int localMargins) {
        super(loss, width, outputs, features, labels, weights, localMargins);
    }

    @Override
    public final int items() {
        int merging = treeCount == 0 ? partCount : treeCount;
        return Math.max(lotCount, Math.multiplyExact(merging, (size + CHUNK - 1) / CHUNK));
    }

    @Override
    public final int groupSize() {
        return 1;
    }

    /** Each item adds some numbers of all lots of a part. */
    final void mergeLots() {
        int chunks = (size + CHUNK - 1) / CHUNK;
        int item = getGlobalId();
        if (item < partCount * chunks) {
            int from = item % chunks * CHUNK;
            addLots(item / chunks, from, min(CHUNK, size - from));
        }
        if (item == 0) {
            sums[2 * size * partCount] = stamp;
        }
    }

    /** Each item adds some numbers of all lots of a tree. */
    final void mergeTrees() {
        int chunks = (size + CHUNK - 1) / CHUNK;
        int tree = getGlobalId() / chunks;
        if (tree < treeCount) {
            int from = getGlobalId() % chunks * CHUNK;
            int numbers = min(CHUNK, size - from);
            int part = trees[3 * tree];
            int count = trees[3 * tree + 1];
            int step = trees[3 * tree + 2];
            for (int n = 0; n < count; n++) {
                addLots(part + n * step, from, numbers);
                toDouble(part + n * step, from, numbers);
            }
            for (int apart = 1; apart < count; apart *= 2) {
                for (int n = 0; n < count; n += 2 * apart) {
                    addPart(place(part + n * step) + from, place(part + (n + apart) * step) + from, numbers);
                }
            }
        }
        if (getGlobalId() == 0) {
            merged[size * treeCount] = stamp;
        }
    }

    private void toDouble(int part, int from, int count) {
        int to = place(part) + from;
        int first = 2 * size * part + from;
        int second = first + size;
        for (int i = 0; i < count; i++) {
            double high = sums[first + i];
            double low = sums[second + i];
            merged[to + i] = high + low;
        }
    }

    private void addPart(int left, int right, int count) {
        for (int i = 0; i < count; i++) {
            merged[left + i] += merged[right + i];
        }
    }

    private void addLots(int part, int from, int count) {
        int first = 2 * size * part + from;
        int second = first + size;
        for (int i = 0; i < count; i++) {
            sums[first + i] = part < carried ? carry[first + i] : 0;
            sums[second + i] = part < carried ? carry[second + i] : 0;
        }
        int lot = parts[4 * part];
        for (int n = 0; n < parts[4 * part + 1]; n++) {
            add((lot + n * parts[4 * part + 2]) * size + from, first, second, count);
        }
    }

    /**
     * Returns exp(-x) for x >= 0, to some units in the last place. It has no call, branch or loop, so that loops over rows
     * become vector instructions. With n = round(x / log 2) it is 2^-n exp(n log 2 - x); the second factor is computed by
     * the 14 terms of its series that double needs.
     */
    final float expOfMinus(float x) {
        float near = x > FARTHEST ? FARTHEST : x;
        int n = (int) (near * (float) 1.4426950408889634 + (float) 0.5);
        // log 2 in two parts; the first has ten bits, so its product with n is exact.
        float t = (n * (float) 0.693359375 - near) - n * (float) 2.1219444005469057e-4;
        float e = (float) (1.0 / 6227020800.0);
        e = e * t + (float) (1.0 / 479001600);
        e = e * t + (float) (1.0 / 39916800);
        e = e * t + (float) (1.0 / 3628800);
        e = e * t + (float) (1.0 / 362880);
        e = e * t + (float) (1.0 / 40320);
        e = e * t + (float) (1.0 / 5040);
        e = e * t + (float) (1.0 / 720);
        e = e * t + (float) (1.0 / 120);
        e = e * t + (float) (1.0 / 24);
        e = e * t + (float) (1.0 / 6);
        e = e * t + (float) 0.5;
        e = e * t + 1;
        e = e * t + 1;
        float power = (float) 0.5;
        e *= (n & 1) != 0 ? power : 1;
        power *= power;
        e *= (n & 2) != 0 ? power : 1;
        power *= power;
        e *= (n & 4) != 0 ? power : 1;
        power *= power;
        e *= (n & 8) != 0 ? power : 1;
        power *= power;
        e *= (n & 16) != 0 ? power : 1;
        power *= power;
        e *= (n & 32) != 0 ? power : 1;
        power *= power;
        e *= (n & 64) != 0 ? power : 1;
        power *= power;
        e *= (n & 128) != 0 ? power : 1;
        power *= power;
        e *= (n & 256) != 0 ? power : 1;
        power *= power;
        e *= (n & 512) != 0 ? power : 1;
        return x > FARTHEST ? 0 : e;
    }

    /** Returns log(1 + x) for 0 <= x <= 1, like {@link #expOfMinus}: 2 artanh(s) with s = x / (2 + x), by 17 terms. */
    final float log1pOf(float x) {
        float s = x / (2 + x);
        float z = s * s;
        float sum = (float) (1.0 / 33);
        sum = sum * z + (float) (1.0 / 31);
        sum = sum * z + (float) (1.0 / 29);
        sum = sum * z + (float) (1.0 / 27);
        sum = sum * z + (float) (1.0 / 25);
        sum = sum * z + (float) (1.0 / 23);
        sum = sum * z + (float) (1.0 / 21);
        sum = sum * z + (float) (1.0 / 19);
        sum = sum * z + (float) (1.0 / 17);
        sum = sum * z + (float) (1.0 / 15);
        sum = sum * z + (float) (1.0 / 13);
        sum = sum * z + (float) (1.0 / 11);
        sum = sum * z + (float) (1.0 / 9);
        sum = sum * z + (float) (1.0 / 7);
        sum = sum * z + (float) (1.0 / 5);
        sum = sum * z + (float) (1.0 / 3);
        return 2 * (s + s * (z * sum));
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
