package org.sparkgrad.gpu.device;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLLoader;
import com.aparapi.internal.opencl.OpenCLPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.kernel.ProbeKernel;

/**
 * The OpenCL devices of this machine, in the order of their addresses: GPUs, then accelerators, then CPU devices, each
 * kind in the order of the platforms.
 */
public final class GpuDevices {
    /** Whether a device computes in double, by its identity: a probe is a compilation. */
    private static final Map<Long, Boolean> DOUBLES = new ConcurrentHashMap<>();

    private static @Nullable List<OpenCLDevice> found;

    private GpuDevices() {}

    /**
     * Returns the types of the devices, by address, without touching a device: other processes may be using them.
     */
    public static List<GpuDevice.Type> types() {
        return handles().stream().map(GpuDevices::type).toList();
    }

    /** Returns the devices; none, and no exception, where OpenCL is missing ({@link #problem} tells why). */
    public static List<GpuDevice> list() {
        List<OpenCLDevice> handles = handles();
        List<GpuDevice> devices = new ArrayList<>();
        for (int address = 0; address < handles.size(); address++) {
            devices.add(describe(address, handles.get(address)));
        }
        return List.copyOf(devices);
    }

    /** Returns why {@link #list} is empty and what to do about it; empty when there are devices. */
    public static Optional<String> problem() {
        if (!handles().isEmpty()) {
            return Optional.empty();
        }
        boolean loader = loaderFound();
        String missing = OpenClDiagnosis.ofThisMachine().problems().stream()
                .filter(line -> !(loader && line.startsWith(OpenClDiagnosis.NO_LOADER)))
                .collect(Collectors.joining("; "));
        if (!missing.isEmpty()) {
            return Optional.of(missing);
        }
        return Optional.of(
                loader
                        ? "the OpenCL platforms offer no device: is the driver allowed to open it?"
                        : "the OpenCL loader is missing: libOpenCL.so.1 could not be loaded");
    }

    /** Returns Aparapi's handles, by address; looked up once. */
    static synchronized List<OpenCLDevice> handles() {
        if (found == null) {
            found = DriverThread.call(() -> List.copyOf(lookUp()));
        }
        return found;
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

    /** Returns the platforms; what Aparapi would take for memory shared with the host is declared separate first. */
    private static List<OpenCLPlatform> platforms() {
        if (!loaderFound()) {
            return List.of();
        }
        // Shared memory would tie each device buffer to a Java array that the collector may move.
        OpenCLDevice.setConfigurator(device -> device.setSharedMemory(false));
        List<OpenCLPlatform> platforms = new OpenCLPlatform().getOpenCLPlatforms();
        return platforms == null ? List.of() : platforms;
    }

    private static boolean loaderFound() {
        try {
            return OpenCLLoader.isOpenCLAvailable();
        } catch (LinkageError missing) {
            return false;
        }
    }

    private static Device.TYPE aparapiType(GpuDevice.Type type) {
        return switch (type) {
            case GPU -> Device.TYPE.GPU;
            case ACCELERATOR -> Device.TYPE.ACC;
            case CPU -> Device.TYPE.CPU;
        };
    }

    /** Describes one device; the first time, it compiles and runs a small kernel there. */
    static GpuDevice describe(int address, OpenCLDevice device) {
        OpenCLPlatform platform = device.getOpenCLPlatform();
        return new GpuDevice(
                address,
                type(device),
                device.getName().trim(),
                platform.getVendor().trim(),
                platform.getVersion().trim(),
                device.getMaxComputeUnits(),
                device.getGlobalMemSize(),
                device.getMaxMemAllocSize(),
                DOUBLES.computeIfAbsent(device.getDeviceId(), id -> computesInDouble(device)));
    }

    private static boolean computesInDouble(OpenCLDevice device) {
        double[] value = {1};
        try (KernelSession session =
                new KernelSession(new ProbeKernel(value), device, "double probe on " + device.getName())) {
            session.execute(1, 1, 1);
            return value[0] == 1.0 / 3.0;
        } catch (DeviceException unable) {
            return false;
        }
    }

    private static GpuDevice.Type type(OpenCLDevice device) {
        return switch (device.getType()) {
            case GPU -> GpuDevice.Type.GPU;
            case ACC -> GpuDevice.Type.ACCELERATOR;
            default -> GpuDevice.Type.CPU;
        };
    }
}
