package org.sparkgrad.gpu.engine;

/** The engines there are. */
public enum EngineKind {
    /** Plain double loops, to check the others. */
    REFERENCE,
    /** The processor, one thread an engine. */
    CPU,
    /** An OpenCL device, by Aparapi. */
    OPENCL
}
