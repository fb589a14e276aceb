package org.sparkgrad.gpu.engine.opencl;

import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.engine.EngineSpec;

/**
 * How much of a device an engine may use.
 *
 * @param shape the family of dense kernels
 * @param elements arrays must have fewer elements
 * @param local bytes of local memory of a group
 * @param budget bytes of its memory that all engines of this JVM together may use
 * @param reserved bytes that other engines have reserved
 * @param merges whether the device merges shards, which it does in double
 */
record DeviceLimits(KernelShape shape, long elements, long local, long budget, long reserved, boolean merges) {
    /** Kernels count elements in an int. */
    private static final long MAX_ELEMENTS = Integer.MAX_VALUE;

    /** Aparapi's runtime counts the bytes of an array in an int. */
    private static final long MAX_APARAPI_BYTES = Integer.MAX_VALUE;

    /** The share of the free memory that an engine leaves to later engines, if it can, so that they can stream. */
    private static final int RESERVE_SHARE = 8;

    private static final long MAX_RESERVE = 512L << 20;

    /** Limits of a device that merges, with enough local memory, and without other engines. */
    DeviceLimits(KernelShape shape, long elements, long budget) {
        this(shape, elements, Long.MAX_VALUE, budget, 0, true);
    }

    /** Returns the limits of a device for a spec's precision, runtime and memory fraction. */
    static DeviceLimits of(GpuDevice device, EngineSpec spec) {
        long largest = switch (spec.runtime()) {
            case DIRECT -> device.maxAllocation();
            case APARAPI -> Math.min(MAX_APARAPI_BYTES, device.maxAllocation());
        };
        return new DeviceLimits(
                KernelShape.of(device.type()),
                Math.min(MAX_ELEMENTS, largest / spec.precision().bytes()),
                DeviceSelector.handle(device).getLocalMemSize(),
                (long) (spec.deviceMemoryFraction() * device.globalMemory()),
                0,
                device.fp64());
    }

    /** Returns these limits when other engines have reserved some bytes. */
    DeviceLimits afterOthers(long bytes) {
        return new DeviceLimits(shape, elements, local, budget, bytes, merges);
    }

    /** Returns the bytes of the budget that are free. */
    long bytes() {
        return Math.max(0, budget - reserved);
    }

    /** Returns the free bytes without those that an engine leaves to later engines. */
    long spare() {
        return bytes() - Math.min(bytes() / RESERVE_SHARE, MAX_RESERVE);
    }
}
