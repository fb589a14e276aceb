package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.loss.Loss;

/** OpenCL device 0 as if it had other limits, for tests that compare engines. */
public final class LimitedDevice {
    private LimitedDevice() {}

    /**
     * Opens an engine.
     *
     * @param shape the name of the family of dense kernels: ITEM or GROUP
     * @param elements the elements that no array may reach
     * @param bytes of the device's memory
     */
    public static GradientEngine open(
            String shape, long elements, long bytes, Precision precision, Loss loss, int features, List<Shard> shards) {
        DeviceLimits limits = new DeviceLimits(KernelShape.valueOf(shape), elements, bytes);
        return new OpenClEngine(new EngineSpec(EngineKind.OPENCL, precision, 0), loss, features, shards, limits);
    }

    /** Returns the name of the family of dense kernels that the product takes for OpenCL device 0. */
    public static String shape() {
        return KernelShape.of(DeviceSelector.select(0).type()).name();
    }

    /** Returns into how many segments an OpenCL engine has cut its shards. */
    public static int segments(GradientEngine engine) {
        return ((OpenClEngine) engine).memory().segments().size();
    }
}
