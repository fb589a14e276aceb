package org.sparkgrad.gpu.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.loss.Loss;

/** Both shapes of dense kernels, in both precisions, on whatever device there is. */
@RequiresOpenCl
class DenseKernelsTest {
    private static final int[] ROWS = {0, 1, 13, 31, 32, 33, 257};

    @ParameterizedTest
    @CsvSource({
        "ITEM, FLOAT, 2e-6",
        "ITEM, DOUBLE, 1e-12",
        "GROUP, FLOAT, 2e-6",
        "GROUP, DOUBLE, 1e-12",
    })
    void awkwardWidths(KernelShape shape, Precision precision, double tolerance) {
        for (int features : new int[] {1, 13, 31, 32, 33, 257, 4098}) {
            for (int outputs : new int[] {1, 2, 3, 10}) {
                check(shape, precision, features, outputs, tolerance, ROWS);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ITEM, FLOAT, 2e-6",
        "ITEM, DOUBLE, 1e-12",
        "GROUP, FLOAT, 2e-6",
        "GROUP, DOUBLE, 1e-12",
    })
    void manyOutputs(KernelShape shape, Precision precision, double tolerance) {
        for (int features : new int[] {1, 33, 257}) {
            check(shape, precision, features, 100, tolerance, 1, 130);
            check(shape, precision, features, 1000, tolerance, 1, 70);
        }
    }

    private static void check(
            KernelShape shape, Precision precision, int features, int outputs, double tolerance, int... rows) {
        Random random = new Random(features * 31L + outputs);
        List<Shard> shards = Samples.shards(features, outputs, precision, random, rows);
        Coefficients coefficients = Samples.coefficients(outputs, features, random);
        for (Loss loss : Samples.losses(outputs)) {
            try (OpenClEngine engine = open(shape, precision, loss, features, shards)) {
                long opened = engine.report().launches();
                Agreement.check(engine, loss, coefficients, Samples.all(shards), tolerance);
                Agreement.check(engine, loss, coefficients, Samples.middle(shards), tolerance);
                assertTrue(engine.report().launches() > opened);
            }
        }
    }

    private static OpenClEngine open(
            KernelShape shape, Precision precision, Loss loss, int features, List<Shard> shards) {
        DeviceLimits limits = new DeviceLimits(shape, 1 << 28, 1L << 30);
        return new OpenClEngine(new EngineSpec(EngineKind.OPENCL, precision, 0), loss, features, shards, limits);
    }
}
