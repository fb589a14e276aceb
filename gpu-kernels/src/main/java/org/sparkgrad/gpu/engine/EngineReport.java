package org.sparkgrad.gpu.engine;

import java.io.Serializable;
import org.sparkgrad.gpu.block.Precision;

/**
 * What an engine ran on, for logs and summaries.
 *
 * @param kind the engine
 * @param device the device's name, or the processor's
 * @param precision the format of the instances, coefficients and multipliers it computes with inside a block
 * @param instructionSet what the arithmetic is compiled for, such as "OpenBLAS 0.3.19 SKYLAKEX", "Java" or "OpenCL C"
 * @param launches kernel launches so far; for engines without a device, calls that summed rows
 */
public record EngineReport(EngineKind kind, String device, Precision precision, String instructionSet, long launches)
        implements Serializable {
    /** Returns the same with another number of launches. */
    public EngineReport withLaunches(long count) {
        return new EngineReport(kind, device, precision, instructionSet, count);
    }
}
