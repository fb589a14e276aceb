package org.sparkgrad.gpu.device;

import com.aparapi.Kernel;
import com.aparapi.device.OpenCLDevice;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lwjgl.opencl.CL10;
import org.lwjgl.system.MemoryStack;

/**
 * Calls OpenCL directly: the text is Aparapi's, and nothing of Aparapi runs. Arrays are buffers of the device, made once;
 * writes and executions are only enqueued, and reads wait.
 */
public final class DirectSession implements KernelSession {
    private static final long NOT_SET = Long.MIN_VALUE;

    private final DeviceContext device;
    private final IdentityHashMap<Object, DirectArray> arrays = new IdentityHashMap<>();
    private String purpose;
    private @Nullable Kernel kernel;
    private List<KernelText.Parameter> parameters = List.of();
    /** What each parameter has been set to. */
    private long[] values = new long[0];

    private long function;
    /** The bit of a power of two p is set once the kernel has run with at least p and fewer than 2 p groups. */
    private int executed;

    private boolean closed;
    private long launches;

    /**
     * @param device where kernels will run
     * @param purpose the device, what it computes and the sizes in words, for messages
     * @throws DeviceException if the driver refuses a context
     */
    public DirectSession(OpenCLDevice device, String purpose) {
        this.device = DeviceContext.of(device);
        this.purpose = purpose;
    }

    @Override
    public long bytes() {
        return arrays.values().stream().mapToLong(DirectArray::bytes).sum();
    }

    @Override
    public DeviceArray floats(long length) {
        return array(DirectArray.Type.FLOAT, length);
    }

    @Override
    public DeviceArray doubles(long length) {
        return array(DirectArray.Type.DOUBLE, length);
    }

    @Override
    public DeviceArray ints(long length) {
        return array(DirectArray.Type.INT, length);
    }

    private DirectArray array(DirectArray.Type type, long length) {
        checkOpen();
        DirectArray array = new DirectArray(device, () -> purpose, type, length);
        arrays.put(array.handle(), array);
        return array;
    }

    @Override
    public DeviceArray fit(DeviceArray array, long length) {
        if (length <= array.length()) {
            return array;
        }
        DirectArray old = (DirectArray) array;
        arrays.remove(old.handle());
        old.free();
        // A new buffer may get the address of the old one.
        Arrays.fill(values, NOT_SET);
        return array(old.type(), length);
    }

    @Override
    public void start(Kernel next) {
        checkOpen();
        try {
            KernelText text = KernelText.of(next.getClass());
            function = DriverThread.call(() -> device.programs().kernel(text.source()));
            parameters = text.parameters();
        } catch (DeviceException failure) {
            throw new DeviceException(purpose + ": the kernel does not compile: " + failure.getMessage(), failure);
        }
        kernel = next;
        values = new long[parameters.size()];
        Arrays.fill(values, NOT_SET);
    }

    @Override
    public void execute(int items, int group, int passes) {
        checkOpen();
        int groups = Math.max(1, (items + group - 1) / group);
        int power = Integer.highestOneBit(groups);
        if ((executed & power) != 0) {
            enqueue(groups, group, passes);
        } else {
            executed |= power;
            // A driver may compile again for another number of groups.
            DriverThread.call(() -> {
                enqueue(groups, group, passes);
                return groups;
            });
        }
        launches++;
    }

    private void enqueue(int groups, int group, int passes) {
        setFields();
        try (MemoryStack stack = MemoryStack.stackPush()) {
            var global = stack.pointers(Math.multiplyExact((long) groups, group));
            var local = stack.pointers(group);
            for (int pass = 0; pass < passes; pass++) {
                setPass(pass);
                int status = CL10.clEnqueueNDRangeKernel(device.queue(), function, 1, null, global, local, null, null);
                if (status != CL10.CL_SUCCESS) {
                    throw new DeviceException("%s: %d passes of %d groups of %d items failed: %s"
                            .formatted(purpose, passes, groups, group, OpenClStatus.describe(status)));
                }
                device.calls().launches.increment();
            }
        }
    }

    private void setFields() {
        Kernel of = Objects.requireNonNull(kernel, "no kernel has been started");
        for (int at = 0; at < values.length; at++) {
            KernelText.Parameter parameter = parameters.get(at);
            switch (parameter.kind()) {
                case GLOBAL -> {
                    DirectArray array = arrays.get(parameter.of(of));
                    if (array == null) {
                        throw new IllegalStateException(
                                purpose + ": no array of this session is set in " + parameter.field());
                    }
                    if (values[at] != array.buffer()) {
                        set(at, array.buffer(), CL10.clSetKernelArg1p(function, at, array.buffer()));
                    }
                }
                case LOCAL -> {
                    long bytes = localBytes(parameter.of(of));
                    if (values[at] != bytes) {
                        set(at, bytes, CL10.clSetKernelArg(function, at, bytes));
                    }
                }
                case INT -> setInt(at, (Integer) parameter.of(of));
                case PASS -> {}
            }
        }
    }

    private void setPass(int pass) {
        for (int at = 0; at < values.length; at++) {
            if (parameters.get(at).kind() == KernelText.Kind.PASS) {
                setInt(at, pass);
            }
        }
    }

    private void setInt(int at, int value) {
        if (values[at] != value) {
            set(at, value, CL10.clSetKernelArg1i(function, at, value));
        }
    }

    private void set(int at, long value, int status) {
        OpenClStatus.check(status, () -> purpose + ": parameter " + at);
        values[at] = value;
    }

    private static long localBytes(Object array) {
        return array instanceof float[] floats
                ? (long) Float.BYTES * floats.length
                : (long) Double.BYTES * ((double[]) array).length;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(purpose + ": closed");
        }
    }

    @Override
    public void setPurpose(String next) {
        purpose = next;
    }

    @Override
    public long launches() {
        return launches;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            DriverThread.call(() -> {
                if (function != 0) {
                    CL10.clReleaseKernel(function);
                }
                arrays.values().forEach(DirectArray::free);
                return function;
            });
            arrays.clear();
        }
    }
}
