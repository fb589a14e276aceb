package org.sparkgrad.gpu.engine.opencl;

import com.aparapi.Kernel;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;

/** An array of a kernel, in the engine's precision: floats or doubles. */
final class DeviceArray {
    private final float @Nullable [] floats;
    private final double @Nullable [] doubles;

    /** An array of at least one element: Aparapi does not move empty ones. */
    DeviceArray(Precision precision, int length) {
        int elements = Math.max(1, length);
        this.floats = precision == Precision.FLOAT ? new float[elements] : null;
        this.doubles = precision == Precision.DOUBLE ? new double[elements] : null;
    }

    /** Returns the array of a single-precision engine. */
    float[] floats() {
        if (floats == null) {
            throw new IllegalStateException("these are doubles");
        }
        return floats;
    }

    /** Returns the array of a double-precision engine. */
    double[] doubles() {
        if (doubles == null) {
            throw new IllegalStateException("these are floats");
        }
        return doubles;
    }

    int length() {
        return floats != null ? floats.length : doubles().length;
    }

    double get(int at) {
        return floats != null ? floats[at] : doubles()[at];
    }

    /** Sets an element, rounded to the precision. */
    void set(int at, double value) {
        if (floats != null) {
            floats[at] = (float) value;
        } else {
            doubles()[at] = value;
        }
    }

    /** Copies elements of another array of the same precision. */
    void copy(DeviceArray from, int start, int to, int count) {
        System.arraycopy(from.array(), start, array(), to, count);
    }

    /** Copies doubles, rounded to the precision. */
    void copy(double[] from, int to) {
        for (int i = 0; i < from.length; i++) {
            set(to + i, from[i]);
        }
    }

    /** Copies the first elements of a float[] or double[], which must be of this array's precision. */
    void copyArray(Object from, int length, int to) {
        System.arraycopy(from, 0, array(), to, length);
    }

    /** Marks the array for the move to the device by the next execution. */
    void put(Kernel kernel) {
        if (floats != null) {
            kernel.put(floats);
        } else {
            kernel.put(doubles());
        }
    }

    /** Copies the array back from the device. */
    void get(Kernel kernel) {
        if (floats != null) {
            kernel.get(floats);
        } else {
            kernel.get(doubles());
        }
    }

    private Object array() {
        return floats != null ? floats : doubles();
    }
}
