package org.sparkgrad.gpu.device;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.internal.kernel.KernelManager;
import com.aparapi.internal.kernel.KernelPreferences;
import java.util.LinkedHashSet;

/**
 * A kernel on a device: compiles it, runs it and frees its buffers. Where Aparapi would silently run the kernel elsewhere
 * than on the device, this class throws an exception. Used by one thread.
 */
public final class KernelSession implements AutoCloseable {
    /** Aparapi runs one kernel at a time in a class loader; compiling and freeing are not thread-safe either. */
    private static final Object RUNNING = new Object();

    private final Kernel kernel;
    private final OpenCLDevice device;
    private String purpose;
    /** The bit of a power of two p is set once the kernel has run with at least p and fewer than 2 p groups. */
    private int executed;

    private boolean closed;
    private long launches;

    /**
     * Translates and compiles the kernel for the device.
     *
     * @param kernel the kernel, with its arrays set
     * @param device where it will run
     * @param purpose the device, what it computes and the sizes in words, for messages
     * @throws DeviceException if it cannot be translated or compiled
     */
    public KernelSession(Kernel kernel, OpenCLDevice device, String purpose) {
        this.kernel = kernel;
        this.device = device;
        this.purpose = purpose;
        // Aparapi remembers, for each kernel class, devices that failed before; this session must not depend on that.
        KernelManager.instance().setPreferredDevices(kernel, new LinkedHashSet<Device>(DeviceHandles.all()));
        synchronized (RUNNING) {
            DriverThread.call(this::compile);
        }
    }

    private Kernel compile() {
        try {
            return kernel.compile(device);
        } catch (CompileFailedException | RuntimeException failure) {
            throw new DeviceException(purpose + ": the kernel does not compile: " + failure.getMessage(), failure);
        }
    }

    /**
     * Runs the kernel and waits for it; its first execution also moves all its arrays to the device.
     *
     * @param items the number of work items that are needed; it is rounded up to whole groups
     * @param group work items a group; explicit, since Aparapi falls back to Java for some sizes that it derives itself
     * @param passes passes over all work items
     * @throws DeviceException if it did not run on the device
     */
    public void execute(int items, int group, int passes) {
        if (closed) {
            throw new IllegalStateException(purpose + ": closed");
        }
        int groups = Math.max(1, (items + group - 1) / group);
        Range range = Range.create(device, Math.multiplyExact(groups, group), group);
        synchronized (RUNNING) {
            int power = Integer.highestOneBit(groups);
            if ((executed & power) != 0) {
                run(range, passes);
            } else {
                executed |= power;
                // The first run allocates buffers, and a driver may compile again for another number of groups.
                DriverThread.call(() -> run(range, passes));
            }
        }
        KernelPreferences preferences = KernelManager.instance().getPreferences(kernel);
        if (!kernel.isRunningCL() || !preferences.isDeviceAmongPreferredDevices(device)) {
            throw new DeviceException(purpose + ": the kernel ran elsewhere than on its OpenCL device");
        }
        launches++;
    }

    private Kernel run(Range range, int passes) {
        AparapiWarnings warnings = new AparapiWarnings();
        try {
            return kernel.execute(range, passes);
        } catch (RuntimeException | AssertionError failure) {
            throw new DeviceException(
                    "%s: %d passes of %d groups of %d items failed: %s"
                            .formatted(
                                    purpose,
                                    passes,
                                    range.getNumGroups(0),
                                    range.getLocalSize(0),
                                    warnings.cause(failure)),
                    failure);
        } finally {
            warnings.close();
        }
    }

    /** Sets the text that messages of the next executions begin with. */
    public void setPurpose(String next) {
        purpose = next;
    }

    /** Returns the executions so far. */
    public long launches() {
        return launches;
    }

    /** Frees the context and the buffers on the device; a second call does nothing. */
    @Override
    public void close() {
        if (!closed && executed != 0) {
            // Before the first execution dispose() would free what Aparapi has not allocated yet, and crash.
            synchronized (RUNNING) {
                DriverThread.call(() -> {
                    kernel.dispose();
                    return kernel;
                });
            }
        }
        closed = true;
    }
}
