package org.sparkgrad.gpu.device;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLLoader;
import com.aparapi.internal.opencl.OpenCLPlatform;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aparapi's handles of the OpenCL devices, in the order of their addresses; looked up once. */
final class DeviceHandles {
    private static @Nullable List<OpenCLDevice> found;

    private DeviceHandles() {}

    /** Returns the handles, by address. */
    static synchronized List<OpenCLDevice> all() {
        if (found == null) {
            found = DriverThread.call(() -> List.copyOf(lookUp()));
        }
        return found;
    }

    /** Returns whether the OpenCL loader can be loaded. */
    static boolean loaderFound() {
        try {
            return OpenCLLoader.isOpenCLAvailable();
        } catch (LinkageError missing) {
            return false;
        }
    }

    private static List<OpenCLDevice> lookUp() {
        List<OpenCLDevice> handles = new ArrayList<>();
        for (GpuDevice.Type type : GpuDevice.Type.values()) {
            for (OpenCLPlatform platform : platforms()) {
                for (OpenCLDevice device : platform.getOpenCLDevices()) {
                    if (device.getType() == aparapiType(type)) {
                        handles.add(device);
                    }
                }
            }
        }
        return handles;
    }

    /** Returns the platforms; first declares separate the memory that Aparapi would take for shared with the host. */
    private static List<OpenCLPlatform> platforms() {
        if (!loaderFound()) {
            return List.of();
        }
        // Shared memory would tie each device buffer to a Java array that the collector may move.
        OpenCLDevice.setConfigurator(device -> device.setSharedMemory(false));
        List<OpenCLPlatform> platforms = new OpenCLPlatform().getOpenCLPlatforms();
        return platforms == null ? List.of() : platforms;
    }

    private static Device.TYPE aparapiType(GpuDevice.Type type) {
        return switch (type) {
            case GPU -> Device.TYPE.GPU;
            case ACCELERATOR -> Device.TYPE.ACC;
            case CPU -> Device.TYPE.CPU;
        };
    }
}
