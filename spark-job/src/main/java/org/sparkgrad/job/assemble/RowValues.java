package org.sparkgrad.job.assemble;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Numbers in as few bytes as hold all of them exactly: in single precision if no number loses a bit. */
public final class RowValues {
    /** How many numbers are narrowed before the loop ends early: a test for each would take as long as the number. */
    private static final int TOGETHER = 256;

    private final float @Nullable [] floats;
    private final double[] doubles;

    /** @param doubles the numbers; not read if floats is not null */
    public RowValues(float @Nullable [] floats, double[] doubles) {
        this.floats = floats;
        this.doubles = doubles;
    }

    /** Packs numbers. */
    public static RowValues of(double[] values) {
        int some = Math.min(TOGETHER, values.length);
        if (!narrow(values, 0, some, new float[some], 0)) {
            return new RowValues(null, values); // mostly the first numbers show it, before memory is taken
        }
        float[] floats = new float[values.length];
        return narrow(values, 0, values.length, floats, 0)
                ? new RowValues(floats, new double[0])
                : new RowValues(null, values);
    }

    /**
     * Packs rows of F numbers in another order.
     *
     * @param place the place of each row
     */
    static RowValues of(double[] values, int features, IntUnaryOperator place) {
        int rows = features == 0 ? 0 : values.length / features;
        float[] floats = new float
                [narrow(values, 0, Math.min(TOGETHER, values.length), new float[TOGETHER], 0) ? values.length : 0];
        boolean single = floats.length == values.length;
        for (int row = 0; single && row < rows; row++) {
            single = narrow(values, row * features, features, floats, place.applyAsInt(row) * features);
        }
        if (single) {
            return new RowValues(floats, new double[0]);
        }
        double[] doubles = new double[values.length];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * features, doubles, place.applyAsInt(row) * features, features);
        }
        return new RowValues(null, doubles);
    }

    /** Writes numbers in single precision, until some of them would lose bits; returns whether all were written. */
    static boolean narrow(double[] values, int from, int length, float[] floats, int start) {
        for (int first = 0; first < length; first += TOGETHER) {
            long lost = 0;
            for (int i = first; i < Math.min(first + TOGETHER, length); i++) {
                double value = values[from + i];
                float single = (float) value;
                floats[start + i] = single;
                lost |= Double.doubleToRawLongBits(single) ^ Double.doubleToRawLongBits(value);
            }
            if (lost != 0) {
                return false;
            }
        }
        return true;
    }

    public float @Nullable [] floats() {
        return floats;
    }

    public double[] doubles() {
        return doubles;
    }

    /** Returns the capacity. It equals the number of values, unless the array of a buffer was reused without a copy. */
    public int length() {
        return floats == null ? doubles.length : floats.length;
    }

    /** Returns a number in double precision. */
    public double get(int i) {
        return floats == null ? doubles[i] : floats[i];
    }

    /** Copies the numbers from a start index on. */
    public void copy(int start, double[] into) {
        if (floats == null) {
            System.arraycopy(doubles, start, into, 0, into.length);
            return;
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = floats[start + i];
        }
    }

    /**
     * Copies adjacent numbers.
     *
     * @param intoFloats receives the numbers unless null; then they must be in single precision
     * @param intoDoubles receives the numbers otherwise
     */
    public void copy(int start, int count, float @Nullable [] intoFloats, double[] intoDoubles, int at) {
        if (floats == null) {
            System.arraycopy(doubles, start, intoDoubles, at, count);
        } else if (intoFloats != null) {
            System.arraycopy(floats, start, intoFloats, at, count);
        } else {
            for (int i = 0; i < count; i++) {
                intoDoubles[at + i] = floats[start + i];
            }
        }
    }

    /**
     * Returns how many of some adjacent numbers are not 0; -1 if one of them is NaN or infinite.
     */
    int nonzeros(int start, int count) {
        int nonzeros = 0;
        boolean finite = true;
        if (floats == null) {
            for (int i = start; i < start + count; i++) {
                nonzeros += doubles[i] != 0 ? 1 : 0;
                finite &= Math.abs(doubles[i]) <= Double.MAX_VALUE;
            }
        } else {
            for (int i = start; i < start + count; i++) {
                nonzeros += floats[i] != 0 ? 1 : 0;
                finite &= Math.abs(floats[i]) <= Float.MAX_VALUE;
            }
        }
        return finite ? nonzeros : -1;
    }
}
