package org.sparkgrad.gpu.device;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.sparkgrad.gpu.kernel.ProbeKernel;

/**
 * The OpenCL devices of this machine, in the order of their addresses: GPUs, then accelerators, then CPU devices, each
 * kind in the order of the platforms.
 */
public final class GpuDevices {
    /** Whether a device computes in double, by the device's id; kept because each probe compiles a kernel. */
    private static final Map<Long, Boolean> DOUBLES = new ConcurrentHashMap<>();

    private GpuDevices() {}

    /**
     * Returns the types of the devices, by address. Runs nothing on a device, since other processes may be using it.
     */
    public static List<GpuDevice.Type> types() {
        return DeviceHandles.all().stream().map(GpuDevices::type).toList();
    }

    /** Returns the devices; none, and no exception, where OpenCL is missing ({@link #problem} returns the reason). */
    public static List<GpuDevice> list() {
        List<OpenCLDevice> handles = DeviceHandles.all();
        List<GpuDevice> devices = new ArrayList<>();
        for (int address = 0; address < handles.size(); address++) {
            devices.add(describe(address, handles.get(address)));
        }
        return List.copyOf(devices);
    }

    /** Returns why {@link #list} is empty and what the user can do; nothing when there are devices. */
    public static Optional<String> problem() {
        if (!DeviceHandles.all().isEmpty()) {
            return Optional.empty();
        }
        boolean loader = DeviceHandles.loaderFound();
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

    /** Describes one device; the first call for a device compiles and runs a small kernel there. */
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
        try (KernelSession session = new DirectSession(device, "double probe on " + device.getName())) {
            DeviceArray value = session.doubles(1);
            value.write(0, new double[] {1}, 1);
            session.start(new ProbeKernel(value.doubles()));
            session.execute(1, 1, 1);
            value.read(1);
            return value.get(0) == 1.0 / 3.0;
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
