package org.sparkgrad.gpu.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.Agreement;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.engine.SparseSamples;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** Sparse blocks whose columns have one value each need no values on the device. */
class ColumnValuesTest {
    private static final int FEATURES = 90;
    private static final Loss LOSS = new SoftmaxLoss(3);

    private final Random random = new Random(6);

    @Test
    void findsTheValueOfEachColumn() {
        SparseBlock block =
                (SparseBlock) binary(0, 300, Precision.FLOAT, 1).blocks().get(0);
        ColumnValues values = ColumnValues.of(block);
        assertNotNull(values);
        assertEquals(scale(0, 1), values.value(0));
        assertEquals(1, values.value(FEATURES - 1), "no row has the last feature");
        SparseBlock other =
                (SparseBlock) binary(0, 300, Precision.FLOAT, 2).blocks().get(0);
        ColumnValues others = ColumnValues.of(other);
        assertNotNull(others);
        assertNull(values.with(others));
        assertNotNull(values.with(values));
        assertNull(ColumnValues.of((SparseBlock) SparseSamples.shard(0, 300, FEATURES, 3, Precision.FLOAT, random)
                .blocks()
                .get(0)));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 2e-6", "DOUBLE, 1e-12"})
    @RequiresOpenCl
    void agreesWithTheReference(Precision precision, double tolerance) {
        List<Shard> shards = List.of(binary(0, 5000, precision, 1), binary(1, 700, precision, 1));
        Coefficients coefficients = Samples.coefficients(3, FEATURES, random);
        try (OpenClEngine engine = open(precision, shards, 1 << 28)) {
            Segment segment = engine.memory().segments().get(0);
            assertEquals(1, engine.memory().segments().size());
            assertTrue(segment.columns() != null && segment.sizes().values() == 0);
            Agreement.check(engine, LOSS, coefficients, Samples.all(shards), tolerance);
            Agreement.check(engine, LOSS, coefficients, Samples.middle(shards), tolerance);
        }
    }

    /** Blocks before and after, with other columns or with values, change no bits; nor does streaming. */
    @Test
    @RequiresOpenCl
    void neighboursChangeNothing() {
        Shard valued = SparseSamples.shard(1, 5000, FEATURES, 3, Precision.FLOAT, random);
        List<Shard> shards = List.of(
                binary(0, 9000, Precision.FLOAT, 1), valued, binary(2, 5000, Precision.FLOAT, 2), valued, valued);
        Coefficients coefficients = Samples.coefficients(3, FEATURES, random);
        List<GradientSum> alone = new ArrayList<>();
        for (Shard shard : shards) {
            try (OpenClEngine engine = open(Precision.FLOAT, List.of(shard), 1 << 28)) {
                alone.addAll(engine.sum(coefficients, Samples.all(List.of(shard))));
            }
        }
        for (long bytes : new long[] {1 << 28, 2 << 20}) {
            try (OpenClEngine engine = open(Precision.FLOAT, shards, bytes)) {
                assertTrue(engine.memory().segments().size() >= 4);
                assertEquals(bytes == 2 << 20, engine.report().streamedBytes() > 0, engine.memory()::toString);
                Agreement.sameBits(alone, engine.sum(coefficients, Samples.all(shards)));
                Agreement.sameBits(alone, engine.sum(coefficients, Samples.all(shards)));
            }
        }
    }

    private Shard binary(int number, int rows, Precision precision, int seed) {
        Shard shard = SparseSamples.shard(number, rows, FEATURES, 3, precision, random);
        List<Block> blocks = new ArrayList<>();
        for (Block block : shard.blocks()) {
            SparseBlock sparse = (SparseBlock) block;
            for (int e = 0; e < sparse.indices().length; e++) {
                if (precision == Precision.FLOAT) {
                    sparse.floats()[e] = (float) scale(sparse.indices()[e], seed);
                } else {
                    sparse.doubles()[e] = scale(sparse.indices()[e], seed);
                }
            }
            blocks.add(sparse);
        }
        return new Shard(number, FEATURES, blocks);
    }

    private static double scale(int feature, int seed) {
        return (float) (seed + Math.sqrt(feature + 1));
    }

    private static OpenClEngine open(Precision precision, List<Shard> shards, long bytes) {
        DeviceLimits limits = new DeviceLimits(KernelShape.ITEM, 1 << 28, bytes);
        return new OpenClEngine(new EngineSpec(EngineKind.OPENCL, precision, 0), LOSS, FEATURES, shards, limits);
    }
}
