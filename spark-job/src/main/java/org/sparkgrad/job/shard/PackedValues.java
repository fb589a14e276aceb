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
