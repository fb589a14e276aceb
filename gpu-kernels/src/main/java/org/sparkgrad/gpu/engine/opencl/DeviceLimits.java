package org.sparkgrad.gpu.engine.opencl;

import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.GpuDevice;

/**
 * How a device is used.
 *
 * @param shape the family of dense kernels
 * @param elements the elements that no array may reach
 * @param local bytes of local memory of a group
 * @param budget bytes of its memory that all engines of this JVM may take
 * @param taken bytes that other engines have taken
 */
record DeviceLimits(KernelShape shape, long elements, long local, long budget, long taken) {
    /** Aparapi counts the bytes of an array in an int. */
    private static final long MAX_ARRAY = Integer.MAX_VALUE;

    /** What an engine leaves, if it can, so that later ones can stream there: an eighth, and no more than they need. */
    private static final int RESERVE_SHARE = 8;

    private static final long MAX_RESERVE = 512L << 20;

    /** Limits of a device with local memory enough, of which no other engine has memory. */
    DeviceLimits(KernelShape shape, long elements, long budget) {
        this(shape, elements, Long.MAX_VALUE, budget, 0);
    }

    /** Returns those of a device of whose memory a fraction may be taken. */
    static DeviceLimits of(GpuDevice device, Precision precision, double memoryFraction) {
        return new DeviceLimits(
                KernelShape.of(device.type()),
                Math.min(MAX_ARRAY, device.maxAllocation()) / precision.bytes(),
                DeviceSelector.handle(device).getLocalMemSize(),
                (long) (memoryFraction * device.globalMemory()),
                0);
    }

    /** Returns the same where other engines have taken so many bytes. */
    DeviceLimits afterOthers(long bytes) {
        return new DeviceLimits(shape, elements, local, budget, bytes);
    }

    /** Returns the bytes that other engines have left. */
    long bytes() {
        return Math.max(0, budget - taken);
    }

    /** Returns the bytes that an engine may take beyond the least that it can run with. */
    long spare() {
        return bytes() - Math.min(bytes() / RESERVE_SHARE, MAX_RESERVE);
    }
}
