package org.sparkgrad.job.exchange.worker;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.engine.EngineReport;

/**
 * The work of one device.
 *
 * @param executor Spark's executor id, or "driver" in local mode
 * @param address the OpenCL address, or null for an engine without a device
 * @param engine the report of the engine, with all its launches
 */
public record WorkerReport(String executor, @Nullable Integer address, EngineReport engine) implements Serializable {}
