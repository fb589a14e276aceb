package org.sparkgrad.gpu.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceReservations;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.DeviceTrace;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.Agreement;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.OpenClRuntime;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.engine.ShardTrees;
import org.sparkgrad.gpu.loss.Loss;

/** Shards merge on a device to the bits of the host, for any number of workers. */
@RequiresOpenCl
class DeviceMergeTest {
    private static final String KERNELS = "org.sparkgrad.gpu.engine.opencl.RuntimesTest#kernels";
    private static final int FEATURES = 70;
    private static final int SHARDS = 64;
    private static final long ROOMY = 1L << 30;

    private final Random random = new Random(31);

    /** The merged sum of all shards, for several numbers of workers, merged on the device or on the host. */
    @ParameterizedTest
    @MethodSource(KERNELS)
    void anyNumberOfWorkers(KernelShape shape, Precision precision, int outputs) {
        List<Shard> shards = shards(precision, outputs);
        Loss loss = Samples.losses(outputs).get(0);
        Coefficients coefficients = Samples.coefficients(outputs, FEATURES, random);
        for (List<RowRange> ranges : List.of(Samples.all(shards), Samples.middle(shards))) {
            List<GradientSum> expected = List.of();
            for (int workers : new int[] {1, 2, 4, 8}) {
                for (boolean merges : new boolean[] {false, true}) {
                    for (OpenClRuntime runtime : OpenClRuntime.values()) {
                        if (runtime == OpenClRuntime.APARAPI && workers > 2) {
                            continue;
                        }
                        List<GradientSum> sums = new ArrayList<>();
                        int each = SHARDS / workers;
                        for (int w = 0; w < workers; w++) {
                            List<Shard> some = shards.subList(w * each, (w + 1) * each);
                            try (OpenClEngine engine = open(runtime, shape, merges, precision, loss, some)) {
                                sums.addAll(engine.sum(
                                        coefficients, ranges.subList(w * each, (w + 1) * each), List.of(each)));
                            }
                        }
                        List<GradientSum> merged = ShardTrees.merge(sums, List.of(workers), GradientSum::add);
                        expected = expected.isEmpty() ? merged : expected;
                        Agreement.sameBits(expected, merged);
                    }
                }
            }
        }
    }

    /** Trees of different heights, shards without rows, eleven models with folds, and steps of other rows between. */
    @ParameterizedTest
    @MethodSource(KERNELS)
    void anyTrees(KernelShape shape, Precision precision, int outputs) {
        List<Shard> shards = shards(precision, outputs);
        Loss loss = Samples.losses(outputs).get(0);
        List<GridModel> models = IntStream.range(0, 11)
                .mapToObj(m -> new GridModel(Samples.coefficients(outputs, FEATURES, random), m % 4 - 1))
                .toList();
        try (OpenClEngine device = open(OpenClRuntime.DIRECT, shape, true, precision, loss, shards);
                OpenClEngine host = open(OpenClRuntime.DIRECT, shape, false, precision, loss, shards)) {
            for (List<Integer> trees : List.of(
                    List.of(1, 2, 4, 8, 16, 32, 1), List.of(32, 16, 8, 4, 2, 1, 1), Collections.nCopies(SHARDS, 1))) {
                for (List<RowRange> ranges :
                        List.of(Samples.middle(shards), Samples.none(shards), Samples.all(shards))) {
                    List<GridSum> expected = host.sum(models, ranges, trees);
                    List<GridSum> actual = device.sum(models, ranges, trees);
                    for (int m = 0; m < models.size(); m++) {
                        int model = m;
                        Agreement.sameBits(
                                expected.stream().map(sums -> sums.model(model)).toList(),
                                actual.stream().map(sums -> sums.model(model)).toList());
                    }
                    Agreement.sameBits(
                            host.sum(models.get(0).coefficients(), ranges),
                            device.sum(models.get(0).coefficients(), ranges));
                }
            }
        }
    }

    /** What does not fit one launch merges on the host. */
    @ParameterizedTest
    @CsvSource({"ITEM, 1", "ITEM, 10", "GROUP, 1", "GROUP, 10"})
    void streamedRows(KernelShape shape, int outputs) {
        List<Shard> shards = shards(Precision.FLOAT, outputs);
        Loss loss = Samples.losses(outputs).get(0);
        Coefficients coefficients = Samples.coefficients(outputs, FEATURES, random);
        List<GradientSum> expected;
        try (OpenClEngine engine = open(OpenClRuntime.DIRECT, shape, true, Precision.FLOAT, loss, shards)) {
            expected = engine.sum(coefficients, Samples.all(shards), List.of(SHARDS));
        }
        DeviceLimits limits = new DeviceLimits(shape, 1 << 28, 1_500_000 + DeviceReservations.reserved(0));
        EngineSpec spec = new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, 0);
        try (OpenClEngine engine = new OpenClEngine(spec, loss, FEATURES, shards, limits)) {
            assertTrue(engine.memory().segments().size() > 1);
            Agreement.sameBits(expected, engine.sum(coefficients, Samples.all(shards), List.of(SHARDS)));
        }
    }

    /** Rows stay on the device rather than the sums that merge. */
    @ParameterizedTest
    @CsvSource({"ITEM, 1", "GROUP, 10"})
    void memoryForRowsButNotForMerging(KernelShape shape, int outputs) {
        List<Shard> shards = shards(Precision.FLOAT, outputs);
        Loss loss = Samples.losses(outputs).get(0);
        DeviceLimits host = new DeviceLimits(shape, 1 << 28, Long.MAX_VALUE, ROOMY, 0, false);
        long enough = DeviceMemoryPlan.of(shards, loss, FEATURES, Precision.FLOAT, host)
                                .bytes()
                        * 8
                        / 7
                + 8;
        DeviceLimits limits = new DeviceLimits(shape, 1 << 28, enough);
        DeviceMemoryPlan plan = DeviceMemoryPlan.of(shards, loss, FEATURES, Precision.FLOAT, limits);
        assertEquals(0, plan.streamedBytes());
        assertFalse(plan.merges());
        assertTrue(DeviceMemoryPlan.of(shards, loss, FEATURES, Precision.FLOAT, new DeviceLimits(shape, 1 << 28, ROOMY))
                .merges());
    }

    @ParameterizedTest
    @MethodSource(KERNELS)
    void oneSumReturns(KernelShape shape, Precision precision, int outputs) {
        List<Shard> shards = shards(precision, outputs);
        Loss loss = Samples.losses(outputs).get(0);
        Coefficients coefficients = Samples.coefficients(outputs, FEATURES, random);
        try (OpenClEngine engine = open(OpenClRuntime.DIRECT, shape, true, precision, loss, shards)) {
            engine.sum(coefficients, Samples.all(shards), List.of(SHARDS));
            DeviceTrace before = DeviceSelector.trace(DeviceSelector.select(0));
            engine.sum(coefficients, Samples.all(shards), List.of(SHARDS));
            DeviceTrace step = DeviceSelector.trace(DeviceSelector.select(0)).since(before);
            long sums = outputs * (FEATURES + 1L) + 1;
            assertEquals(new DeviceTrace(2, 1, 0, precision.bytes() * (sums - 1), Double.BYTES * (sums + 1)), step);
        }
    }

    private List<Shard> shards(Precision precision, int outputs) {
        int[] rows = IntStream.range(0, SHARDS)
                .map(s -> s % 5 == 3 ? 0 : 1 + 61 * s % 400)
                .toArray();
        rows[5] = 5000;
        return Samples.shards(FEATURES, outputs, precision, random, rows).stream()
                .map(shard -> {
                    byte[] folds = new byte[shard.rows()];
                    for (int row = 0; row < folds.length; row++) {
                        folds[row] = (byte) random.nextInt(3);
                    }
                    return new Shard(shard.number(), FEATURES, shard.blocks(), folds);
                })
                .toList();
    }

    private static OpenClEngine open(
            OpenClRuntime runtime,
            KernelShape shape,
            boolean merges,
            Precision precision,
            Loss loss,
            List<Shard> shards) {
        DeviceLimits limits =
                new DeviceLimits(shape, 1 << 28, Long.MAX_VALUE, ROOMY + DeviceReservations.reserved(0), 0, merges);
        EngineSpec spec = new EngineSpec(EngineKind.OPENCL, precision, 0, 0.5, runtime);
        return new OpenClEngine(spec, loss, FEATURES, shards, limits);
    }
}
