package org.sparkgrad.gpu.engine.opencl;

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
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.Agreement;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.HardSamples;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.loss.Loss;

/** Both shapes of dense kernels, in both precisions, on OpenCL device 0. */
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
        for (int features : new int[] {1, 13, 31, 32, 33, 257, 1500, 4098}) {
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
            check(shape, precision, features, 2001, tolerance, 1, 7);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ITEM, FLOAT, 2e-6",
        "ITEM, DOUBLE, 1e-12",
        "GROUP, FLOAT, 2e-6",
        "GROUP, DOUBLE, 1e-12",
    })
    void hardData(KernelShape shape, Precision precision, double tolerance) {
        Random random = new Random(9);
        for (int outputs : new int[] {1, 3, 10}) {
            List<Shard> shards = List.of(HardSamples.standardised(5000, 29, outputs, precision, random));
            Coefficients saturating =
                    HardSamples.saturating(outputs, shards.get(0).blocks().get(0));
            Coefficients usual = Samples.coefficients(outputs, 29, random);
            for (Loss loss : Samples.losses(outputs)) {
                try (OpenClEngine engine = open(shape, precision, loss, 29, shards)) {
                    Agreement.check(engine, loss, usual, Samples.all(shards), tolerance);
                    Agreement.check(engine, loss, saturating, Samples.all(shards), tolerance);
                }
            }
        }
    }

    /** Twenty splits of rows over segments, launches and engines. */
    @ParameterizedTest
    @CsvSource({"ITEM, 1", "ITEM, 3", "GROUP, 1", "GROUP, 3"})
    void theSameBitsHoweverRowsAreSplit(KernelShape shape, int outputs) {
        Random random = new Random(3);
        List<Shard> shards = Samples.shards(70, outputs, Precision.FLOAT, random, 9000, 0, 17, 4100, 1, 7000);
        Coefficients coefficients = Samples.coefficients(outputs, 70, random);
        Loss loss = Samples.losses(outputs).get(0);
        List<GradientSum> expected;
        try (OpenClEngine whole = open(shape, Precision.FLOAT, loss, 70, shards)) {
            expected = whole.sum(coefficients, Samples.middle(shards));
        }
        for (int time = 0; time < 20; time++) {
            int cut = time % shards.size();
            DeviceLimits limits = new DeviceLimits(shape, 1 << 28, 1_200_000L + 300_000L * time);
            List<GradientSum> joined = new ArrayList<>();
            for (List<Shard> part : List.of(shards.subList(0, cut), shards.subList(cut, shards.size()))) {
                EngineSpec spec = new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, 0);
                try (OpenClEngine engine = new OpenClEngine(spec, loss, 70, part, limits)) {
                    joined.addAll(engine.sum(coefficients, Samples.middle(part)));
                }
            }
            Agreement.sameBits(expected, joined);
        }
    }

    private static void check(
            KernelShape shape, Precision precision, int features, int outputs, double tolerance, int... rows) {
        Random random = new Random(features * 31L + outputs);
        List<Shard> shards = Samples.shards(features, outputs, precision, random, rows);
        Coefficients coefficients = Samples.coefficients(outputs, features, random);
        for (Loss loss : Samples.losses(outputs)) {
            if (outputs > 1 && DenseKernel.localBytes(shape, precision, outputs) > localBytes()) {
                // A family made for processors, on a GPU: these have some 48 KiB.
                DeviceException refusal =
                        assertThrows(DeviceException.class, () -> open(shape, precision, loss, features, shards));
                assertTrue(refusal.toString().contains("bytes of local memory"), refusal::toString);
                continue;
            }
            try (OpenClEngine engine = open(shape, precision, loss, features, shards)) {
                long opened = engine.report().launches();
                Agreement.check(engine, loss, coefficients, Samples.all(shards), tolerance);
                Agreement.check(engine, loss, coefficients, Samples.middle(shards), tolerance);
                assertTrue(engine.report().launches() > opened);
            }
        }
    }

    private static long localBytes() {
        return DeviceSelector.handle(DeviceSelector.select(0)).getLocalMemSize();
    }

    private static OpenClEngine open(
            KernelShape shape, Precision precision, Loss loss, int features, List<Shard> shards) {
        DeviceLimits limits = new DeviceLimits(shape, 1 << 28, localBytes(), 1L << 30, 0, true);
        return new OpenClEngine(new EngineSpec(EngineKind.OPENCL, precision, 0), loss, features, shards, limits);
    }
}
