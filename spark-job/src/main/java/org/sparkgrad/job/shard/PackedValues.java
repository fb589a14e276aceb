package org.sparkgrad.job.shard;

import java.util.Arrays;
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

    /** Packs the first numbers of an array. */
    static PackedValues of(double[] values, int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) values[i];
            if (Double.doubleToRawLongBits(floats[i]) != Double.doubleToRawLongBits(values[i])) {
                return new PackedValues(null, Arrays.copyOf(values, count));
            }
        }
        return new PackedValues(floats, new double[0]);
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
