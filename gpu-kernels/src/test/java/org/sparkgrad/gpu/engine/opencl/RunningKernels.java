package org.sparkgrad.gpu.engine.opencl;

import java.util.Map;

/** Counts the threads that run a kernel in Aparapi's native code. */
final class RunningKernels {
    private static final String RUN = "runKernelJNI";

    private RunningKernels() {}

    /** Returns the number of such threads at one moment, at which the JVM stops all threads. */
    static long now() {
        Map<Thread, StackTraceElement[]> threads = Thread.getAllStackTraces();
        return threads.values().stream()
                .filter(trace -> trace.length > 0 && trace[0].getMethodName().equals(RUN))
                .count();
    }
}
