package org.sparkgrad.gpu.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.aparapi.Kernel;
import org.junit.jupiter.api.Test;

/** An array of 3 GiB, where the device allows that; a driver on the processor takes memory only for what is written. */
@RequiresOpenCl
class LargeBufferTest {
    private static final long LENGTH = 3L << 28;

    /** Doubles the last element. */
    public static final class LastKernel extends Kernel {
        private final float[] numbers;
        private final float[] result;
        private final int last;

        LastKernel(float[] numbers, float[] result, int last) {
            this.numbers = numbers;
            this.result = result;
            this.last = last;
        }

        @Override
        public void run() {
            result[0] = 2 * numbers[last];
        }
    }

    @Test
    void theLastElementIsWrittenAndComputedWith() {
        GpuDevice device = DeviceSelector.select(0);
        assumeTrue(device.maxAllocation() >= Float.BYTES * LENGTH, device + " has smaller buffers");
        try (KernelSession session = new DirectSession(DeviceSelector.handle(device), "3 GiB")) {
            DeviceArray numbers = session.floats(LENGTH);
            DeviceArray result = session.floats(1);
            numbers.write(LENGTH - 2, new float[] {5, 21}, 2);
            session.start(new LastKernel(numbers.floats(), result.floats(), Math.toIntExact(LENGTH - 1)));
            session.execute(1, 1, 1);
            result.read(1);
            assertEquals(42, result.get(0));
        }
    }
}
