package org.sparkgrad.gpu.engine;

import java.io.Serializable;
import org.sparkgrad.gpu.block.Precision;

/**
 * Which engine to open.
 *
 * @param kind the engine
 * @param precision its format inside a block; the reference engine always computes in double
 * @param address the index of the OpenCL device in the order of {@code DeviceSelector}; ignored by the others
 * @param deviceMemoryFraction how much of the device's memory to take, in (0, 1]; ignored by the others
 */
public record EngineSpec(EngineKind kind, Precision precision, int address, double deviceMemoryFraction)
        implements Serializable {
    /** What is taken of a device's memory unless something else is asked for. */
    public static final double DEVICE_MEMORY_FRACTION = 0.85;

    /** Checks the fraction. */
    public EngineSpec {
        if (!(deviceMemoryFraction > 0 && deviceMemoryFraction <= 1)) {
            throw new IllegalArgumentException("not a fraction of a device's memory: " + deviceMemoryFraction);
        }
    }

    /** Takes the usual part of the device's memory. */
    public EngineSpec(EngineKind kind, Precision precision, int address) {
        this(kind, precision, address, DEVICE_MEMORY_FRACTION);
    }
}
