package org.sparkgrad.gpu.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuDevicesTest {
    @Test
    void saysWhyThereIsNoDevice() {
        assertEquals(GpuDevices.list().isEmpty(), GpuDevices.problem().isPresent());
    }

    @Test
    void addressesCountFromZeroInTheOrderOfTypes() {
        List<GpuDevice> devices = GpuDevices.list();
        for (int address = 0; address < devices.size(); address++) {
            assertEquals(address, devices.get(address).address());
        }
        assertEquals(
                devices.stream().sorted(Comparator.comparing(GpuDevice::type)).toList(), devices);
    }

    @Test
    void anAddressBeyondTheListIsRefusedWithTheList() {
        List<GpuDevice> devices = GpuDevices.list();
        for (int address : new int[] {-1, devices.size(), Integer.MAX_VALUE}) {
            DeviceException refusal = assertThrows(DeviceException.class, () -> DeviceSelector.select(address));
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.contains("address " + address));
            for (GpuDevice device : devices) {
                assertTrue(message.contains(device.address() + ": " + device.name()));
            }
        }
    }

    @Test
    @RequiresOpenCl
    void describesADevice() {
        GpuDevice device = DeviceSelector.select(0);
        assertTrue(!device.name().isBlank() && !device.vendor().isBlank());
        assertTrue(device.openClVersion().startsWith("OpenCL"));
        assertTrue(device.computeUnits() > 0);
        assertTrue(device.maxAllocation() > 0 && device.maxAllocation() <= device.globalMemory());
    }
}
