package org.sparkgrad.gpu.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of the JVM that sets up and frees things in OpenCL drivers, whatever class loader asks for it. Running a
 * kernel needs it no longer, once the kernel has run before.
 *
 * <p>It is one, for two threads that listed devices at once crashed the JVM. It may not change signal handlers: the JVM
 * stops its threads, and finds null references and divisions by zero, by signals. Compilers in drivers put handlers of
 * their own in place. That of LLVM stays for one signal, and the next ends the process without a word, often minutes
 * later; that of PoCL goes on after a division by zero as if it had not been.
 */
public final class DriverThread {
    private static final Logger LOG = LoggerFactory.getLogger(DriverThread.class);

    /** As much as compilers have elsewhere; a Java thread has an eighth of it. */
    private static final long STACK_BYTES = 8 << 20;

    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(DriverThread::create);

    private static volatile @Nullable Thread current;

    private DriverThread() {}

    /** Calls an action there, waits for it, and returns what it returns or throws what it throws. */
    public static <T> T call(Supplier<T> action) {
        if (Thread.currentThread() == current) {
            return action.get();
        }
        try {
            return CompletableFuture.supplyAsync(action, THREAD).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw failure;
        }
    }

    private static Thread create(Runnable work) {
        Runnable filtered = () -> {
            try {
                SignalFilter.install();
            } catch (UnsupportedOperationException unable) {
                LOG.warn(
                        "An OpenCL driver may replace signal handlers, and end this JVM by that: {}."
                                + " If it does, set LD_PRELOAD to the JDK's lib/libjsig.so",
                        unable.getMessage());
            }
            work.run();
        };
        Thread thread = new Thread(null, filtered, "opencl-driver", STACK_BYTES);
        thread.setDaemon(true);
        // Not the first caller's, which may be to be unloaded.
        thread.setContextClassLoader(DriverThread.class.getClassLoader());
        current = thread;
        return thread;
    }
}
