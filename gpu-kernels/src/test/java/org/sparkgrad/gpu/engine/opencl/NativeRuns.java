package org.sparkgrad.gpu.engine.opencl;

import java.util.Map;

/** Looks into threads: which are inside Aparapi's native run of a kernel? */
final class NativeRuns {
    private static final String RUN = "runKernelJNI";

    private NativeRuns() {}

    /** Returns how many threads were there at one moment: the JVM stops all for the look. */
    static long now() {
        Map<Thread, StackTraceElement[]> threads = Thread.getAllStackTraces();
        return threads.values().stream()
                .filter(trace -> trace.length > 0 && trace[0].getMethodName().equals(RUN))
                .count();
    }
}
