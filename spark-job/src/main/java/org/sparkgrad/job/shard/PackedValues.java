package org.sparkgrad.job.shard;

import org.jspecify.annotations.Nullable;

/** Numbers in as few bytes as hold all of them exactly: in single precision if no number loses a bit. */
final class PackedValues {
    private final float @Nullable [] floats;
    private final double[] doubles;

    /** @param doubles the numbers; not read if floats is not null */
    PackedValues(float @Nullable [] floats, double[] doubles) {
        this.floats = floats;
        this.doubles = doubles;
    }

    /** Packs numbers. */
    static PackedValues of(double[] values) {
        float[] floats = new float[values.length];
        return narrow(values, floats, 0) ? new PackedValues(floats, new double[0]) : new PackedValues(null, values);
    }

    /** Writes numbers in single precision, until one of them would lose bits; returns whether all were written. */
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

    /** Returns the capacity. It equals the number of values, unless the array of a buffer was reused without a copy. */
    int length() {
        return floats == null ? doubles.length : floats.length;
    }

    double get(int i) {
        return floats == null ? doubles[i] : floats[i];
    }

    /** Copies the numbers from a start index on. */
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
