package org.sparkgrad.gpu.engine;

import java.io.Serializable;
import org.sparkgrad.gpu.block.Precision;

/**
 * What an engine ran on, for logs and summaries.
 *
 * @param kind the engine
 * @param device the device's name, or the processor's
 * @param precision the format of the instances, coefficients and multipliers it computes with inside a block
 * @param instructionSet what executes the arithmetic, such as "OpenBLAS 0.3.19 SKYLAKEX", "Java" or "OpenCL C"
 * @param launches kernel launches so far; for engines without a device, calls that summed rows
 * @param streamedBytes bytes of instances that do not fit the device's memory: a step over all rows moves them there
 */
public record EngineReport(
        EngineKind kind, String device, Precision precision, String instructionSet, long launches, long streamedBytes)
        implements Serializable {
    /** The report of an engine that streams nothing. */
    public EngineReport(EngineKind kind, String device, Precision precision, String instructionSet, long launches) {
        this(kind, device, precision, instructionSet, launches, 0);
    }

    /** Returns this report with another number of launches. */
    public EngineReport withLaunches(long count) {
        return new EngineReport(kind, device, precision, instructionSet, count, streamedBytes);
    }

    /** Returns this report plus the launches and bytes of another engine on the same device. */
    public EngineReport with(EngineReport other) {
        return new EngineReport(
                kind,
                device,
                precision,
                instructionSet,
                launches + other.launches,
                streamedBytes + other.streamedBytes);
    }
}
