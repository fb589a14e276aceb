package org.sparkgrad.gpu.engine.opencl;

import org.sparkgrad.gpu.device.GpuDevice;

/** The two families of dense kernels. */
enum KernelShape {
    /** One work item a group, with loops for vector instructions: processors. */
    ITEM,
    /** Many work items a group, which read side by side: GPUs. */
    GROUP;

    /** Returns the family for a type of device. */
    static KernelShape of(GpuDevice.Type type) {
        return switch (type) {
            case CPU -> ITEM;
            case GPU, ACCELERATOR -> GROUP;
        };
    }
}
