package org.sparkgrad.gpu.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.Kernel;
import com.aparapi.device.OpenCLDevice;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.kernel.ProbeKernel;

@RequiresOpenCl
class KernelSessionTest {
    /** Aparapi cannot translate switches. */
    public static final class Untranslatable extends Kernel {
        private final int[] numbers = new int[1];

        @Override
        public void run() {
            switch (numbers[0]) {
                case 0 -> numbers[0] = 1;
                default -> numbers[0] = 2;
            }
        }
    }

    private final OpenCLDevice device = DeviceSelector.handle(DeviceSelector.select(0));

    @Test
    void countsLaunches() {
        double[] value = {1};
        try (KernelSession session = new KernelSession(new ProbeKernel(value), device, "probe")) {
            session.execute(1, 1, 1);
            session.execute(1, 1, 1);
            assertEquals(2, session.launches());
        }
    }

    @Test
    void aKernelThatCannotBeTranslatedIsRefused() {
        DeviceException failure = assertThrows(
                DeviceException.class, () -> new KernelSession(new Untranslatable(), device, "device 0, a switch"));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("device 0, a switch: the kernel does not compile"));
    }

    /** More items a group than any device has: the launch fails, as it does on a device that is lost or full. */
    @Test
    void aFailedLaunchNamesDeviceSizesAndCause() {
        try (KernelSession session = new KernelSession(new ProbeKernel(new double[] {1}), device, "device 0, rows")) {
            session.execute(1, 1, 1);
            int items = 1 << 24;
            DeviceException failure = assertThrows(DeviceException.class, () -> session.execute(items, items, 1));
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.startsWith("device 0, rows: 1 passes of 1 groups of 16777216 items failed"), message);
            assertTrue(message.contains("the launch was refused"), message);
        }
    }
}
