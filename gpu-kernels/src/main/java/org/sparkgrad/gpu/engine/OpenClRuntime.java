package org.sparkgrad.gpu.engine;

/** What runs the translated kernels on an OpenCL device. Both give the same bits. */
public enum OpenClRuntime {
    /** Direct calls of OpenCL. */
    DIRECT,
    /** Aparapi's own runtime, to compare with. */
    APARAPI
}
