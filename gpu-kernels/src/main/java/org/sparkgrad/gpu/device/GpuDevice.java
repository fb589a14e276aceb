package org.sparkgrad.gpu.device;

import java.io.Serializable;

/**
 * An OpenCL device and its address.
 *
 * @param address its index among all devices: GPUs first, then accelerators, then CPU devices
 * @param type its kind
 * @param name its own name
 * @param vendor its platform's or maker's name
 * @param openClVersion the OpenCL version it supports
 * @param computeUnits its parallel compute units
 * @param globalMemory bytes of device memory
 * @param maxAllocation bytes of its largest buffer
 * @param fp64 whether it computes in double
 */
public record GpuDevice(
        int address,
        Type type,
        String name,
        String vendor,
        String openClVersion,
        int computeUnits,
        long globalMemory,
        long maxAllocation,
        boolean fp64)
        implements Serializable {
    /** Kinds of OpenCL device, in the order they are addressed. */
    public enum Type {
        /** A graphics processor. */
        GPU,
        /** Another accelerator. */
        ACCELERATOR,
        /** The processor itself, such as PoCL. */
        CPU
    }
}
