package org.sparkgrad.gpu.device;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.internal.kernel.KernelManager;
import com.aparapi.internal.kernel.KernelPreferences;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs kernels by Aparapi's own runtime, to compare it with {@link DirectSession}. Arrays are Java arrays, which Aparapi moves
 * as a whole, in the next execution after a write. Where Aparapi would silently run the kernel elsewhere than on the device,
 * this class throws an exception.
 */
public final class AparapiSession implements KernelSession {
    /** Aparapi runs one kernel at a time; compiling and freeing are not thread-safe either. */
    private static final Object RUNNING = new Object();

    private final OpenCLDevice device;
    private final List<AparapiArray> arrays = new ArrayList<>();
    private @Nullable Kernel kernel;
    private String purpose;
    /** The bit of a power of two p is set once the kernel has run with at least p and fewer than 2 p groups. */
    private int executed;

    private boolean closed;
    private long launches;

    /**
     * @param device where kernels will run
     * @param purpose the device, what it computes and the sizes in words, for messages
     */
    public AparapiSession(OpenCLDevice device, String purpose) {
        this.device = device;
        this.purpose = purpose;
    }

    @Override
    public DeviceArray floats(long length) {
        return add(new AparapiArray(this::kernel, new float[elements(length)]));
    }

    @Override
    public DeviceArray doubles(long length) {
        return add(new AparapiArray(this::kernel, new double[elements(length)]));
    }

    @Override
    public DeviceArray ints(long length) {
        return add(new AparapiArray(this::kernel, new int[elements(length)]));
    }

    /** Aparapi does not move arrays without elements. */
    private static int elements(long length) {
        return Math.toIntExact(Math.max(1, length));
    }

    private DeviceArray add(AparapiArray array) {
        arrays.add(array);
        return array;
    }

    /** Aparapi moves whole arrays, so a mini-batch needs a smaller array than a full pass. */
    @Override
    public DeviceArray fit(DeviceArray array, long length) {
        if (length <= array.length() && length >= array.length() / 2) {
            return array;
        }
        arrays.remove(array);
        return add(((AparapiArray) array).another(elements(length)));
    }

    @Override
    public void start(Kernel next) {
        kernel = next;
        // Aparapi remembers, for each kernel class, devices that failed before; this session must not depend on that.
        KernelManager.instance().setPreferredDevices(next, new LinkedHashSet<Device>(DeviceHandles.all()));
        synchronized (RUNNING) {
            DriverThread.call(this::compile);
        }
    }

    private Kernel kernel() {
        return Objects.requireNonNull(kernel, "no kernel has been started");
    }

    private Kernel compile() {
        try {
            return kernel().compile(device);
        } catch (CompileFailedException | RuntimeException failure) {
            throw new DeviceException(purpose + ": the kernel does not compile: " + failure.getMessage(), failure);
        }
    }

    /** The first execution moves all arrays. Groups are explicit: Aparapi falls back to Java for some sizes of its own. */
    @Override
    public void execute(int items, int group, int passes) {
        if (closed) {
            throw new IllegalStateException(purpose + ": closed");
        }
        int groups = Math.max(1, (items + group - 1) / group);
        Range range = Range.create(device, Math.multiplyExact(groups, group), group);
        for (AparapiArray array : arrays) {
            array.put(executed != 0);
        }
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
        KernelPreferences preferences = KernelManager.instance().getPreferences(kernel());
        if (!kernel().isRunningCL() || !preferences.isDeviceAmongPreferredDevices(device)) {
            throw new DeviceException(purpose + ": the kernel ran elsewhere than on its OpenCL device");
        }
        launches++;
    }

    private Kernel run(Range range, int passes) {
        AparapiWarnings warnings = new AparapiWarnings();
        try {
            return kernel().execute(range, passes);
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

    @Override
    public void setPurpose(String next) {
        purpose = next;
    }

    @Override
    public long bytes() {
        return arrays.stream().mapToLong(AparapiArray::bytes).sum();
    }

    @Override
    public long launches() {
        return launches;
    }

    @Override
    public void close() {
        if (!closed && executed != 0) {
            // Before the first execution dispose() would free what Aparapi has not allocated yet, and crash.
            synchronized (RUNNING) {
                DriverThread.call(() -> {
                    kernel().dispose();
                    return kernel();
                });
            }
        }
        closed = true;
    }
}
