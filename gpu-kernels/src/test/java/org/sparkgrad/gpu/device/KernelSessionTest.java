package org.sparkgrad.gpu.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.Kernel;
import com.aparapi.device.OpenCLDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.gpu.kernel.ProbeKernel;

/** Sessions of both runtimes. */
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

    private KernelSession session(boolean direct, String purpose) {
        return direct ? new DirectSession(device, purpose) : new AparapiSession(device, purpose);
    }

    private static DeviceArray probe(KernelSession session) {
        DeviceArray value = session.doubles(1);
        value.write(0, new double[] {1}, 1);
        session.start(new ProbeKernel(value.doubles()));
        return value;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsLaunches(boolean direct) {
        try (KernelSession session = session(direct, "probe")) {
            DeviceArray value = probe(session);
            session.execute(1, 1, 1);
            session.execute(1, 1, 1);
            assertEquals(2, session.launches());
            value.read(1);
            assertEquals(1.0 / 3.0 / 3.0, value.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKernelThatCannotBeTranslatedIsRefused(boolean direct) {
        try (KernelSession session = session(direct, "device 0, a switch")) {
            DeviceException failure = assertThrows(DeviceException.class, () -> session.start(new Untranslatable()));
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.startsWith("device 0, a switch: the kernel does not compile"), message);
        }
    }

    /** More items a group than any device has: the launch fails, as it does on a device that is lost or full. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedLaunchNamesDeviceSizesAndCause(boolean direct) {
        try (KernelSession session = session(direct, "device 0, rows")) {
            probe(session);
            session.execute(1, 1, 1);
            int items = 1 << 24;
            DeviceException failure = assertThrows(DeviceException.class, () -> session.execute(items, items, 1));
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.startsWith("device 0, rows: 1 passes of 1 groups of 16777216 items failed"), message);
            assertTrue(message.contains(direct ? "CL_INVALID_WORK_GROUP_SIZE" : "the launch was refused"), message);
        }
    }

    @Test
    void aBufferThatNoDeviceHasIsRefusedByItsName() {
        try (KernelSession session = session(true, "device 0, rows")) {
            DeviceException failure = assertThrows(DeviceException.class, () -> session.floats(1L << 50));
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.startsWith("device 0, rows: a buffer of 4503599627370496 bytes failed: CL_"), message);
        }
    }

    /** Writes go through pieces of staging memory; these are longer than all pieces together. */
    @Test
    void longWritesComeBackWhole() {
        int count = 3 * Staging.PIECE / Integer.BYTES + 5;
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 31 * i + 7;
        }
        try (KernelSession session = session(true, "numbers")) {
            DeviceArray array = session.ints(count + 1L);
            array.write(1, numbers, count);
            array.write(0, new int[] {-5}, 1);
            array.read(count + 1);
            assertEquals(-5, array.get(0));
            for (int i = 0; i < count; i++) {
                assertEquals(numbers[i], (int) array.get(i + 1));
            }
            assertThrows(IndexOutOfBoundsException.class, () -> array.write(2, numbers, count));
        }
    }

    @Test
    void anArrayIsReplacedOnlyByALargerOne() {
        try (KernelSession session = session(true, "numbers")) {
            DeviceArray array = session.floats(100);
            assertSame(array, session.fit(array, 3));
            assertEquals(101, session.fit(array, 101).length());
            assertEquals(4 * 101, session.bytes());
        }
    }

    @Test
    void aClosedSessionDoesNothing() {
        KernelSession session = session(true, "probe");
        probe(session);
        session.close();
        session.close();
        assertThrows(IllegalStateException.class, () -> session.execute(1, 1, 1));
        assertThrows(IllegalStateException.class, () -> session.floats(1));
    }
}
