package org.sparkgrad.gpu.device;

/** Floats, doubles or ints on a device, which a kernel reads or writes. Belongs to the session that made it. */
public interface DeviceArray {
    /** Returns what the kernel's field holds for an array of floats; the numbers are not there in every session. */
    float[] floats();

    /** Returns what the kernel's field holds for an array of doubles. */
    double[] doubles();

    /** Returns what the kernel's field holds for an array of ints. */
    int[] ints();

    /** Returns the number of elements. */
    long length();

    /**
     * Writes the first numbers of a float[], double[] or int[] of this array's type, before the next execution.
     *
     * @param at the first element to write
     * @param numbers not kept: the caller may change them after the call
     * @param count of the numbers
     */
    void write(long at, Object numbers, int count);

    /** Writes doubles, rounded to this array's type, before the next execution. */
    void writeRounded(long at, double[] numbers);

    /** Waits for the executions so far, and moves the first elements to the host for {@link #get}. */
    void read(int count);

    /** Returns an element as it was when it was read last. */
    double get(int at);

    /**
     * Copies elements of an array of doubles as they were when they were read last.
     *
     * @param to where they go
     * @param start the index in {@code to} of the first
     * @param at the first element
     * @param count how many
     */
    void copyTo(double[] to, int start, int at, int count);

    /** Forgets the read value of an element: {@link #get} returns -1 until it is read again. */
    void forget(int at);
}
