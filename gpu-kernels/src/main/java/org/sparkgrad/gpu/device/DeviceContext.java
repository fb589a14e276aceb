package org.sparkgrad.gpu.device;

import com.aparapi.device.OpenCLDevice;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import org.lwjgl.PointerBuffer;
import org.lwjgl.opencl.CL10;
import org.lwjgl.system.MemoryStack;

/**
 * The OpenCL context of a device, with one queue that runs commands in their order. All sessions of a device in this JVM share
 * it, and it stays until the JVM ends: a driver needs hundreds of megabytes and milliseconds for a context.
 */
final class DeviceContext {
    private static final Map<Long, DeviceContext> OPEN = new HashMap<>();

    private final OpenCLDevice device;
    private final long context;
    private final long queue;
    private final DeviceCalls calls = new DeviceCalls();
    private final Staging staging;
    private final Programs programs;

    private DeviceContext(OpenCLDevice device, ProgramCache cache) {
        this.device = device;
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            long id = device.getDeviceId();
            PointerBuffer platform = stack.mallocPointer(1);
            OpenClStatus.check(
                    CL10.clGetDeviceInfo(id, CL10.CL_DEVICE_PLATFORM, platform, null),
                    "the platform of " + device.getName());
            PointerBuffer properties = stack.pointers(CL10.CL_CONTEXT_PLATFORM, platform.get(0), 0);
            this.context = CL10.clCreateContext(properties, id, null, 0, status);
            OpenClStatus.check(status.get(0), "a context on " + device.getName());
            this.queue = CL10.clCreateCommandQueue(context, id, 0, status);
            OpenClStatus.check(status.get(0), "a queue on " + device.getName());
            this.staging = new Staging(queue, calls);
            this.programs = new Programs(device, context, cache);
        }
    }

    /**
     * Returns the context of a device.
     *
     * @throws DeviceException if the driver refuses one
     */
    static DeviceContext of(OpenCLDevice device) {
        synchronized (OPEN) {
            DeviceContext open = OPEN.get(device.getDeviceId());
            if (open == null) {
                // The folder is set before any other class of the binding is loaded.
                ProgramCache cache = new ProgramCache(OpenClBinding.folder());
                open = DriverThread.call(() -> new DeviceContext(device, cache));
                OPEN.put(device.getDeviceId(), open);
            }
            return open;
        }
    }

    OpenCLDevice device() {
        return device;
    }

    long context() {
        return context;
    }

    long queue() {
        return queue;
    }

    DeviceCalls calls() {
        return calls;
    }

    Staging staging() {
        return staging;
    }

    Programs programs() {
        return programs;
    }
}
