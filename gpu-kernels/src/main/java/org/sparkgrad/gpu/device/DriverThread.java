package org.sparkgrad.gpu.device;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single thread of this JVM, for all class loaders, that lists devices, compiles kernels, runs each kernel for the
 * first time and frees buffers in OpenCL drivers. Later runs of a kernel do not need this thread.
 *
 * <p>There is one such thread because two threads that listed devices at once crashed the JVM. This thread cannot change
 * signal handlers. The JVM uses signals to stop its threads and to detect null references and divisions by zero, but
 * compilers in drivers install handlers of their own. LLVM's handler serves one signal; the next one ends the process
 * without a message, often minutes later. PoCL's handler ignores divisions by zero.
 *
 * <p>Programs that this thread starts cannot become root. NVIDIA's driver starts one that must, where its device files are
 * missing; {@link NvidiaDeviceFiles} runs it before.
 */
public final class DriverThread {
    private static final Logger LOG = LoggerFactory.getLogger(DriverThread.class);

    /** The stack size of a process's main thread, which compilers expect; a Java thread has an eighth of it. */
    private static final long STACK_BYTES = 8 << 20;

    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(DriverThread::create);

    private static volatile @Nullable Thread current;

    private DriverThread() {}

    /** Runs an action on the driver thread and waits for it; returns its result, or throws its exception. */
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
            new NvidiaDeviceFiles(Path.of("/")).make();
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
        // The first caller's class loader could then never be unloaded.
        thread.setContextClassLoader(DriverThread.class.getClassLoader());
        current = thread;
        return thread;
    }
}
