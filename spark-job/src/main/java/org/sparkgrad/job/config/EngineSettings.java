package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.OpenClRuntime;

/**
 * The engine, and its resources.
 *
 * @param engine the engine; AUTO is OpenCL if every executor has a GPU, else the CPU
 * @param precision the number format of the engine
 * @param devices the OpenCL addresses for local mode and for executors without an address from Spark; empty for all
 *     devices of the best type
 * @param deviceMemoryFraction the fraction of an OpenCL device's memory to use
 * @param openClRuntime what runs kernels on OpenCL devices
 * @param shards S, a power of two; null for a number that follows from the size of the data and the batch size
 * @param exchange the kind of exchange
 */
public record EngineSettings(
        Choice engine,
        Precision precision,
        List<Integer> devices,
        double deviceMemoryFraction,
        OpenClRuntime openClRuntime,
        @Nullable Integer shards,
        ExchangeKind exchange)
        implements Serializable {
    /** Creates settings with the default fraction of device memory and runtime. */
    public EngineSettings(
            Choice engine,
            Precision precision,
            List<Integer> devices,
            @Nullable Integer shards,
            ExchangeKind exchange) {
        this(engine, precision, devices, EngineSpec.DEVICE_MEMORY_FRACTION, OpenClRuntime.DIRECT, shards, exchange);
    }

    /** The kinds of exchanges between driver and workers. */
    public enum ExchangeKind {
        /** STAGE, if possible. */
        AUTO,
        /** One Spark stage for the whole training, whose tasks request the steps from the driver. */
        STAGE,
        /** One Spark job per step. */
        JOB
    }

    /** The engines of the settings. */
    public enum Choice {
        /** OpenCL if every executor has a GPU, else the CPU. */
        AUTO,
        /** The CPU engine. */
        CPU,
        /** The OpenCL engine, on any device. */
        OPENCL,
        /** The reference engine: plain loops in double precision. */
        REFERENCE
    }
}
