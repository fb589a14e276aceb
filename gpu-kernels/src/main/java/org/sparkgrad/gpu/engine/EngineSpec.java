package org.sparkgrad.gpu.engine;

import java.io.Serializable;
import org.sparkgrad.gpu.block.Precision;

/**
 * Which engine to open.
 *
 * @param kind the engine
 * @param precision its format inside a block; the reference engine always computes in double
 * @param address the index of the OpenCL device in the order of {@code DeviceSelector}; ignored by other engines
 * @param deviceMemoryFraction the part of the device's memory that engines may use, in (0, 1]; ignored by other
 *     engines
 * @param runtime what runs the kernels of the OpenCL engine; ignored by other engines
 */
public record EngineSpec(
        EngineKind kind, Precision precision, int address, double deviceMemoryFraction, OpenClRuntime runtime)
        implements Serializable {
    /** The default of {@link #deviceMemoryFraction}. */
    public static final double DEVICE_MEMORY_FRACTION = 0.85;

    /** Checks the fraction. */
    public EngineSpec {
        if (!(deviceMemoryFraction > 0 && deviceMemoryFraction <= 1)) {
            throw new IllegalArgumentException("not a fraction of a device's memory: " + deviceMemoryFraction);
        }
    }

    /** A spec with the default fraction and runtime. */
    public EngineSpec(EngineKind kind, Precision precision, int address) {
        this(kind, precision, address, DEVICE_MEMORY_FRACTION, OpenClRuntime.DIRECT);
    }
}
