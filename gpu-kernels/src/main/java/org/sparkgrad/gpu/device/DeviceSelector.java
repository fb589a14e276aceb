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
        List<OpenCLDevice> handles = DeviceHandles.all();
        if (address < 0 || address >= handles.size()) {
            throw new DeviceException("there is no OpenCL device at address %d: %s"
                    .formatted(address, GpuDevices.problem().orElseGet(DeviceSelector::listed)));
        }
        // Only the selected device is described, which runs a kernel there: the others may be in use.
        return GpuDevices.describe(address, handles.get(address));
    }

    /** Returns Aparapi's handle of a selected device. */
    public static OpenCLDevice handle(GpuDevice device) {
        return DeviceHandles.all().get(device.address());
    }

    /** Returns the direct calls to a device so far. */
    public static DeviceTrace trace(GpuDevice device) {
        return DeviceContext.of(handle(device)).calls().now();
    }

    private static String listed() {
        return "the devices are "
                + GpuDevices.list().stream()
                        .map(device -> "%d: %s (%s, %s)"
                                .formatted(device.address(), device.name(), device.type(), device.vendor()))
                        .collect(Collectors.joining(", "));
    }
}
