package org.sparkgrad.gpu.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceReservations;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.Agreement;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.engine.SparseSamples;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** Data beyond the device's memory give the same bits as data within, step after step. */
@RequiresOpenCl
class DeviceMemoryTest {
    private static final int FEATURES = 64;
    private static final Loss LOSS = new SoftmaxLoss(3);
    private static final long ELEMENTS = 1 << 28;
    private static final long ENOUGH = 1L << 30;

    private final Random random = new Random(12);

    @ParameterizedTest
    @CsvSource({"ITEM, FLOAT", "GROUP, FLOAT", "ITEM, DOUBLE", "GROUP, DOUBLE"})
    void denseRowsOfThreeTimesTheMemory(KernelShape shape, Precision precision) {
        check(shape, precision, Samples.shards(FEATURES, 3, precision, random, 9000, 20_000, 300, 31_000));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT", "DOUBLE"})
    void sparseRowsOfThreeTimesTheMemory(Precision precision) {
        int[] rows = {9000, 20_000, 300, 31_000};
        check(KernelShape.ITEM, precision, SparseSamples.shards(FEATURES, 3, precision, random, rows));
    }

    @ParameterizedTest
    @CsvSource({"ITEM", "GROUP"})
    void lessThanABlockIsRefusedWithTheSizes(KernelShape shape) {
        List<Shard> shards = Samples.shards(FEATURES, 3, Precision.FLOAT, random, 5000);
        DeviceException refusal =
                assertThrows(DeviceException.class, () -> open(shape, Precision.FLOAT, shards, 100_000));
        assertTrue(String.valueOf(refusal.getMessage()).contains("100000 may be taken"), refusal::getMessage);
    }

    private void check(KernelShape shape, Precision precision, List<Shard> shards) {
        Coefficients coefficients = Samples.coefficients(3, FEATURES, random);
        try (OpenClEngine roomy = open(shape, precision, shards, ENOUGH)) {
            long bytes = roomy.memory().segments().get(0).sizes().bytes();
            assertEquals(1, roomy.memory().segments().size());
            assertEquals(0, roomy.report().streamedBytes());
            try (OpenClEngine tight = open(shape, precision, shards, bytes / 3)) {
                DeviceMemoryPlan memory = tight.memory();
                assertTrue(
                        memory.resident() > 0
                                && memory.resident() + 1 < memory.segments().size(),
                        memory::toString);
                assertTrue(tight.report().streamedBytes() > bytes / 2);
                for (int step = 0; step < 20; step++) {
                    List<RowRange> ranges = ranges(shards, step);
                    List<GradientSum> expected = roomy.sum(coefficients, ranges);
                    Agreement.sameBits(expected, tight.sum(coefficients, ranges));
                }
            }
        }
    }

    private static List<RowRange> ranges(List<Shard> shards, int step) {
        List<RowRange> ranges = new ArrayList<>();
        for (Shard shard : shards) {
            int slot = step / 2 % 5;
            ranges.add(
                    step % 2 == 0
                            ? RowRange.all(shard)
                            : new RowRange(slot * shard.rows() / 5, (slot + 1) * shard.rows() / 5));
        }
        return ranges;
    }

    /** @param bytes that the engine may take, beside those of others */
    private static OpenClEngine open(KernelShape shape, Precision precision, List<Shard> shards, long bytes) {
        DeviceLimits limits = new DeviceLimits(shape, ELEMENTS, bytes + DeviceReservations.reserved(0));
        return new OpenClEngine(new EngineSpec(EngineKind.OPENCL, precision, 0), LOSS, FEATURES, shards, limits);
    }
}
