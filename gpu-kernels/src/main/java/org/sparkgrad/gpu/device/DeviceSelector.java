package org.sparkgrad.gpu.device;

import com.aparapi.device.OpenCLDevice;
import java.util.List;
import java.util.stream.Collectors;

/** Finds a device by its address. */
public final class DeviceSelector {
    private DeviceSelector() {}

    /**
     * Returns the device at an address.
     *
     * @param address its index in {@link GpuDevices#list}
     * @throws DeviceException if there is none; the message lists the devices there are
     */
    public static GpuDevice select(int address) {
        List<GpuDevice> devices = GpuDevices.list();
        if (address < 0 || address >= devices.size()) {
            throw new DeviceException("there is no OpenCL device at address %d: %s"
                    .formatted(
                            address,
                            GpuDevices.problem()
                                    .orElseGet(() -> "the devices are "
                                            + devices.stream()
                                                    .map(DeviceSelector::describe)
                                                    .collect(Collectors.joining(", ")))));
        }
        return devices.get(address);
    }

    /** Returns Aparapi's handle of a selected device. */
    public static OpenCLDevice handle(GpuDevice device) {
        return GpuDevices.handles().get(device.address());
    }

    private static String describe(GpuDevice device) {
        return "%d: %s (%s, %s)".formatted(device.address(), device.name(), device.type(), device.vendor());
    }
}
