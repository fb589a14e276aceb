package org.sparkgrad.job.exchange;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;

/**
 * The engine of a run, and why it.
 *
 * @param kind the engine
 * @param precision its number format
 * @param reason why it was taken, in a few words
 * @param devices the OpenCL addresses for workers to which Spark gives none; empty is all devices of the best type
 * @param deviceMemoryFraction how much of an OpenCL device's memory to fill
 */
public record EngineChoice(
        EngineKind kind, Precision precision, String reason, List<Integer> devices, double deviceMemoryFraction)
        implements Serializable {
    /** Fills the usual part of a device's memory. */
    public EngineChoice(EngineKind kind, Precision precision, String reason, List<Integer> devices) {
        this(kind, precision, reason, devices, EngineSpec.DEVICE_MEMORY_FRACTION);
    }

    /** Returns the engine's name in options and summaries. */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
