package org.sparkgrad.gpu.engine;

import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.device.GpuDevice;

/**
 * How a device is used.
 *
 * @param shape the family of dense kernels
 * @param elements the elements that no array may reach
 * @param bytes of its memory that all arrays together may take
 */
record DeviceLimits(KernelShape shape, long elements, long bytes) {
    /** Aparapi counts the bytes of an array in an int. */
    private static final long MAX_ARRAY = Integer.MAX_VALUE;

    /** Returns those of a device of whose memory a fraction may be taken. */
    static DeviceLimits of(GpuDevice device, Precision precision, double memoryFraction) {
        return new DeviceLimits(
                KernelShape.of(device.type()), Math.min(MAX_ARRAY, device.maxAllocation()) / precision.bytes(), (long)
                        (memoryFraction * device.globalMemory()));
    }
}
