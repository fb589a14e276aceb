package org.sparkgrad.job.shard;

import org.jspecify.annotations.Nullable;

/** Numbers in as few bytes as hold all of them exactly: in single precision where that loses nothing. */
final class PackedValues {
    private final float @Nullable [] floats;
    private final double[] doubles;

    /** @param doubles is not read where there are floats */
    PackedValues(float @Nullable [] floats, double[] doubles) {
        this.floats = floats;
        this.doubles = doubles;
    }

    /** Packs numbers. */
    static PackedValues of(double[] values) {
        float[] floats = new float[values.length];
        return narrow(values, floats, 0) ? new PackedValues(floats, new double[0]) : new PackedValues(null, values);
    }

    /** Writes numbers in single precision until that loses something, and returns whether it lost nothing. */
    static boolean narrow(double[] values, float[] floats, int start) {
        for (int i = 0; i < values.length; i++) {
            floats[start + i] = (float) values[i];
            if (floats[start + i] != values[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns copies of the numbers of rows of packs, in an order of places, each at its new start. */
    static PackedValues gather(PackedRows[] packs, long[] order, int[] starts) {
        int count = starts[order.length];
        boolean single = true;
        for (PackedRows pack : packs) {
            single &= pack.values.floats != null;
        }
        float[] floats = new float[single ? count : 0];
        double[] doubles = new double[single ? 0 : count];
        for (int i = 0; i < order.length; i++) {
            PackedRows pack = packs[(int) (order[i] >>> 32)];
            PackedValues values = pack.values;
            int from = pack.starts[(int) order[i]];
            int length = starts[i + 1] - starts[i];
            if (values.floats == null) {
                System.arraycopy(values.doubles, from, doubles, starts[i], length);
            } else if (single) {
                System.arraycopy(values.floats, from, floats, starts[i], length);
            } else {
                for (int j = 0; j < length; j++) {
                    doubles[starts[i] + j] = values.floats[from + j];
                }
            }
        }
        return single ? new PackedValues(floats, doubles) : of(doubles);
    }

    float @Nullable [] floats() {
        return floats;
    }

    double[] doubles() {
        return doubles;
    }

    /** Returns how many there is room for: as many as there are, unless a buffer has been taken as it was. */
    int length() {
        return floats == null ? doubles.length : floats.length;
    }

    double get(int i) {
        return floats == null ? doubles[i] : floats[i];
    }

    /** Writes the numbers from a start on. */
    void copy(int start, double[] into) {
        if (floats == null) {
            System.arraycopy(doubles, start, into, 0, into.length);
            return;
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = floats[start + i];
        }
    }
}
