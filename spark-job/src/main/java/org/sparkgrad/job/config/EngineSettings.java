package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineSpec;

/**
 * On what to compute.
 *
 * @param engine the engine; AUTO is OpenCL where every executor has a GPU, else the CPU
 * @param precision the engine's number format
 * @param devices the OpenCL addresses that local mode and unaddressed executors may use; empty is all of the best type
 * @param deviceMemoryFraction how much of an OpenCL device's memory to fill
 * @param shards S, a power of two; null is chosen from the data's size and the batch size
 * @param exchange how steps reach the workers
 */
public record EngineSettings(
        Choice engine,
        Precision precision,
        List<Integer> devices,
        double deviceMemoryFraction,
        @Nullable Integer shards,
        ExchangeKind exchange)
        implements Serializable {
    /** Fills the usual part of a device's memory. */
    public EngineSettings(
            Choice engine,
            Precision precision,
            List<Integer> devices,
            @Nullable Integer shards,
            ExchangeKind exchange) {
        this(engine, precision, devices, EngineSpec.DEVICE_MEMORY_FRACTION, shards, exchange);
    }

    /** Ways to bring steps to the workers. */
    public enum ExchangeKind {
        /** STAGE. */
        AUTO,
        /** One Spark stage for the whole training, whose tasks ask the driver for steps. */
        STAGE,
        /** A Spark job for each step. */
        JOB
    }

    /** Engines to ask for. */
    public enum Choice {
        /** OpenCL where every executor has a GPU, else the CPU. */
        AUTO,
        /** The CPU engine. */
        CPU,
        /** The OpenCL engine, on whatever device there is. */
        OPENCL,
        /** Plain double loops. */
        REFERENCE
    }
}
