package org.sparkgrad.gpu.engine;

/** The kinds of engine. */
public enum EngineKind {
    /** Plain double loops, to check the others. */
    REFERENCE,
    /** The processor, with one thread for each engine. */
    CPU,
    /** An OpenCL device, by kernels that Aparapi translates. */
    OPENCL
}
