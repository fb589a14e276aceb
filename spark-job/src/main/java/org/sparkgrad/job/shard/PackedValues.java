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

    /** Returns a copy of some of the numbers: of each start as many as lie between the new starts. */
    PackedValues gather(int[] from, int[] starts) {
        int count = starts[from.length];
        float[] gathered = new float[floats == null ? 0 : count];
        double[] precise = new double[floats == null ? count : 0];
        for (int i = 0; i < from.length; i++) {
            int length = starts[i + 1] - starts[i];
            if (floats == null) {
                System.arraycopy(doubles, from[i], precise, starts[i], length);
            } else {
                System.arraycopy(floats, from[i], gathered, starts[i], length);
            }
        }
        return floats == null ? of(precise) : new PackedValues(gathered, precise);
    }

    float @Nullable [] floats() {
        return floats;
    }

    double[] doubles() {
        return doubles;
    }

    int count() {
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
