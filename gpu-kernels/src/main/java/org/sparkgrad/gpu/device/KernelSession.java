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
 * A kernel on a device, from compiling to freeing its buffers there. Every way in which Aparapi would go on without the
 * device is an exception here. Used by one thread.
 */
public final class KernelSession implements AutoCloseable {
    /** Within a class loader Aparapi runs one kernel at a time; what comes before and after a run is no safer. */
    private static final Object RUNNING = new Object();

    private final Kernel kernel;
    private final OpenCLDevice device;
    private String purpose;
    /** The powers of two of groups that have run. */
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
        // Aparapi keeps, by kernel class, which devices once failed; that must not decide about this session.
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
     * @param items work items that are needed; some more will run
     * @param group work items a group; always given, since a group size that Aparapi derives invites its fallback
     * @param passes passes over all of them
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
                // The first run allocates buffers, and a driver may compile anew for the number and size of groups.
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

    /** Takes other words for messages: what the next executions work on. */
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
            // Without an execution Aparapi has not set up what its dispose would free, and crashes.
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
