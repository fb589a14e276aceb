package org.sparkgrad.gpu.device;

import com.aparapi.Kernel;

/**
 * A kernel and its arrays on one device. The caller makes arrays, sets them in the kernel's fields, starts the kernel, and
 * executes it; between executions it may write and read arrays and change fields. Used by one thread at a time.
 */
public interface KernelSession extends AutoCloseable {
    /** Makes an array of floats, at least one. */
    DeviceArray floats(long length);

    /** Makes an array of doubles, at least one. */
    DeviceArray doubles(long length);

    /** Makes an array of ints, at least one. */
    DeviceArray ints(long length);

    /**
     * Returns an array of the same type for at least some number of elements: the same array, if it is large enough and the
     * session would not gain by a smaller one. A replaced array is freed; elements are not copied.
     */
    DeviceArray fit(DeviceArray array, long length);

    /**
     * Translates and compiles the kernel.
     *
     * @throws DeviceException if it cannot be translated or compiled
     */
    void start(Kernel kernel);

    /**
     * Runs the kernel, with its fields as they are now.
     *
     * @param items the number of work items that are needed; it is rounded up to whole groups
     * @param group work items a group
     * @param passes passes over all work items
     * @throws DeviceException if it did not run on the device; a failure may also come from a later read
     */
    void execute(int items, int group, int passes);

    /** Sets the text that messages of the next executions begin with: device, what is computed, and sizes. */
    void setPurpose(String next);

    /** Returns the bytes of the arrays on the device. */
    long bytes();

    /** Returns the executions so far. */
    long launches();

    /** Frees the kernel and its arrays; a second call does nothing. */
    @Override
    void close();
}
