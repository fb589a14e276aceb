package org.sparkgrad.gpu.device;

import java.util.function.Supplier;

/**
 * Lets one thread of the JVM at a time set up or free things in the OpenCL loader, whatever class loader it comes from.
 * Two threads that listed devices at once crashed the JVM. Running a kernel needs no lock, once it has run before.
 */
public final class NativeLock {
    private NativeLock() {}

    /** Calls an action alone, and returns what it returns. */
    public static <T> T alone(Supplier<T> action) {
        synchronized (NativeLock.class) {
            return action.get();
        }
    }
}
