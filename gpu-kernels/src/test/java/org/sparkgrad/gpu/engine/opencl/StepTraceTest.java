package org.sparkgrad.gpu.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.DeviceTrace;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.engine.SparseSamples;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** What a step asks of the device: passes, waits, new buffers, bytes. */
@RequiresOpenCl
class StepTraceTest {
    private static final int FEATURES = 100;
    private static final int OUTPUTS = 10;
    private static final int SLOTS = 4;
    /** K x (F + 1) gradients and the loss. */
    private static final long SUMS = OUTPUTS * (FEATURES + 1L) + 1;

    private final Random random = new Random(6);
    private final Loss loss = new SoftmaxLoss(OUTPUTS);
    private final Coefficients coefficients = Samples.coefficients(OUTPUTS, FEATURES, random);

    @ParameterizedTest
    @EnumSource(KernelShape.class)
    void aMiniBatchOfDenseRows(KernelShape shape) {
        List<Shard> shards = Samples.shards(FEATURES, OUTPUTS, Precision.FLOAT, random, 4096, 4096);
        try (OpenClEngine engine = open(shape, shards, 1L << 30)) {
            for (int slot = 0; slot < SLOTS; slot++) {
                engine.sum(coefficients, slot(shards, slot));
            }
            for (int slot = 0; slot < SLOTS; slot++) {
                DeviceTrace step = step(engine, slot(shards, slot));
                assertEquals(2, step.launches());
                assertEquals(1, step.waits());
                assertEquals(0, step.buffers());
                assertEquals(Float.BYTES * (2 * SUMS * shards.size() + 1), step.bytesBack());
                long beside = step.bytesThere() - Float.BYTES * (SUMS - 1);
                assertTrue(beside > 0 && beside <= tables(shape, shards), step::toString);
            }
        }
    }

    /** Returns the bytes of the tables of a slot, where each block of a shard begins a lot. */
    private static long tables(KernelShape shape, List<Shard> shards) {
        int rows = DenseKernel.lotRows(shape, OUTPUTS);
        long lots = shards.stream()
                .mapToLong(shard -> (shard.rows() / SLOTS + rows - 1) / rows
                        + shard.blocks().size())
                .sum();
        return Integer.BYTES * (DenseLaunch.LOT * lots + (long) DenseLaunch.PART * shards.size());
    }

    @Test
    void aRepeatedPassOverDenseRowsMovesCoefficientsAndSumsOnly() {
        List<Shard> shards = Samples.shards(FEATURES, OUTPUTS, Precision.FLOAT, random, 20_000, 3000);
        try (OpenClEngine engine = open(KernelShape.ITEM, shards, 1L << 30)) {
            engine.sum(coefficients, Samples.all(shards));
            DeviceTrace step = step(engine, Samples.all(shards));
            assertEquals(
                    new DeviceTrace(2, 1, 0, Float.BYTES * (SUMS - 1), Float.BYTES * (2 * SUMS * shards.size() + 1)),
                    step);
        }
    }

    @Test
    void aPassOverSparseRows() {
        List<Shard> shards = SparseSamples.shards(FEATURES, OUTPUTS, Precision.FLOAT, random, 4096, 4096);
        try (OpenClEngine engine = open(KernelShape.ITEM, shards, 1L << 30)) {
            engine.sum(coefficients, Samples.all(shards));
            DeviceTrace step = step(engine, Samples.all(shards));
            assertEquals(3, step.launches());
            assertEquals(1, step.waits());
            assertEquals(0, step.buffers());
            assertEquals(Float.BYTES * (SUMS - 1), step.bytesThere());
        }
    }

    /** A streamed segment makes no buffer and no context of its own. */
    @Test
    void aPassOverStreamedRowsMakesNoBuffers() {
        List<Shard> shards = Samples.shards(FEATURES, OUTPUTS, Precision.FLOAT, random, 20_000, 30_000);
        try (OpenClEngine engine = open(KernelShape.ITEM, shards, 9_000_000)) {
            assertTrue(engine.report().streamedBytes() > 0);
            engine.sum(coefficients, Samples.all(shards));
            DeviceTrace step = step(engine, Samples.all(shards));
            assertEquals(0, step.buffers());
            assertTrue(step.bytesThere() >= engine.report().streamedBytes(), step::toString);
        }
    }

    private DeviceTrace step(OpenClEngine engine, List<RowRange> ranges) {
        DeviceTrace before = trace();
        engine.sum(coefficients, ranges);
        return trace().since(before);
    }

    private static DeviceTrace trace() {
        return DeviceSelector.trace(DeviceSelector.select(0));
    }

    private static List<RowRange> slot(List<Shard> shards, int slot) {
        List<RowRange> ranges = new ArrayList<>();
        for (Shard shard : shards) {
            ranges.add(new RowRange(slot * shard.rows() / SLOTS, (slot + 1) * shard.rows() / SLOTS));
        }
        return ranges;
    }

    private OpenClEngine open(KernelShape shape, List<Shard> shards, long bytes) {
        DeviceLimits limits = new DeviceLimits(shape, 1 << 28, bytes);
        EngineSpec spec = new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, 0);
        return new OpenClEngine(spec, loss, FEATURES, shards, limits);
    }
}
