package org.sparkgrad.gpu.device;

import com.aparapi.Kernel;
import java.lang.reflect.Array;
import java.util.function.Supplier;

/** A Java array that Aparapi moves as a whole. */
final class AparapiArray implements DeviceArray {
    private final Supplier<Kernel> kernel;
    private final Object array;
    private boolean written;

    /**
     * @param kernel returns the kernel that has the array
     * @param array a float[], double[] or int[]
     */
    AparapiArray(Supplier<Kernel> kernel, Object array) {
        this.kernel = kernel;
        this.array = array;
    }

    /** Returns an array of the same type. */
    AparapiArray another(int length) {
        return new AparapiArray(kernel, Array.newInstance(array.getClass().getComponentType(), length));
    }

    @Override
    public float[] floats() {
        return (float[]) array;
    }

    @Override
    public double[] doubles() {
        return (double[]) array;
    }

    @Override
    public int[] ints() {
        return (int[]) array;
    }

    long bytes() {
        return length() * (array instanceof double[] ? Double.BYTES : Float.BYTES);
    }

    @Override
    public long length() {
        return Array.getLength(array);
    }

    @Override
    public void write(long at, Object numbers, int count) {
        System.arraycopy(numbers, 0, array, Math.toIntExact(at), count);
        written = true;
    }

    @Override
    public void writeRounded(long at, double[] numbers) {
        int from = Math.toIntExact(at);
        for (int i = 0; i < numbers.length; i++) {
            set(from + i, numbers[i]);
        }
        written = true;
    }

    /** Marks the array for the move by the next execution, if it was written; the first execution moves all arrays. */
    void put(boolean moved) {
        if (written && moved) {
            if (array instanceof float[] floats) {
                kernel.get().put(floats);
            } else if (array instanceof double[] doubles) {
                kernel.get().put(doubles);
            } else {
                kernel.get().put(ints());
            }
        }
        written = false;
    }

    @Override
    public void read(int count) {
        if (array instanceof float[] floats) {
            kernel.get().get(floats);
        } else if (array instanceof double[] doubles) {
            kernel.get().get(doubles);
        } else {
            kernel.get().get(ints());
        }
    }

    @Override
    public double get(int at) {
        if (array instanceof float[] floats) {
            return floats[at];
        }
        return array instanceof double[] doubles ? doubles[at] : ints()[at];
    }

    @Override
    public void copyTo(double[] to, int start, int at, int count) {
        System.arraycopy(doubles(), at, to, start, count);
    }

    @Override
    public void forget(int at) {
        set(at, -1);
    }

    private void set(int at, double value) {
        if (array instanceof float[] floats) {
            floats[at] = (float) value;
        } else if (array instanceof double[] doubles) {
            doubles[at] = value;
        } else {
            ints()[at] = (int) value;
        }
    }
}
