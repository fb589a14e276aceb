package org.sparkgrad.gpu.engine;

import java.io.Serializable;
import org.sparkgrad.gpu.block.Precision;

/**
 * Which engine to open.
 *
 * @param kind the engine
 * @param precision its format inside a block; the reference engine always computes in double
 * @param address the index of the OpenCL device in the order of {@code DeviceSelector}; ignored by the others
 */
public record EngineSpec(EngineKind kind, Precision precision, int address) implements Serializable {}
