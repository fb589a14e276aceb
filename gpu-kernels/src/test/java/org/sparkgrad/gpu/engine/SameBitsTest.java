package org.sparkgrad.gpu.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.opencl.LimitedDevice;
import org.sparkgrad.gpu.engine.opencl.OpenClEngine;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** The sums of a shard do not depend on other shards, on its place, or on earlier sums. */
class SameBitsTest {
    private static final int FEATURES = 130;
    private static final Loss LOSS = new SoftmaxLoss(3);

    private final Random random = new Random(5);
    private final List<Shard> shards =
            Samples.shards(FEATURES, 3, Precision.FLOAT, random, 5000, 0, 17, 2048, 1, 333, 4100, 64);
    private final List<Shard> sparse =
            SparseSamples.shards(FEATURES, 3, Precision.FLOAT, random, 5000, 0, 17, 2048, 1, 333, 4100, 64);
    private final Coefficients coefficients = Samples.coefficients(3, FEATURES, random);

    @ParameterizedTest
    @EnumSource(names = {"REFERENCE", "CPU"})
    void hostEngines(EngineKind kind) {
        check(kind, shards);
        check(kind, sparse);
    }

    @Test
    @RequiresOpenCl
    void openCl() {
        check(EngineKind.OPENCL, shards);
        check(EngineKind.OPENCL, sparse);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3000, 300_000, 1_000_000})
    @RequiresOpenCl
    void segmentsOfAnySize(long limit) {
        checkSegments(limit, shards);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3000, 20_000})
    @RequiresOpenCl
    void sparseSegmentsOfAnySize(long limit) {
        checkSegments(limit, sparse);
    }

    @Test
    @RequiresOpenCl(devices = 2)
    void anotherDeviceOfTheKind() {
        try (GradientEngine first = onDevice(0, shards);
                GradientEngine second = onDevice(1, shards)) {
            if (first.report().device().equals(second.report().device())) {
                same(sums(first, shards), sums(second, shards));
            }
        }
    }

    private void checkSegments(long limit, List<Shard> all) {
        List<List<GradientSum>> whole;
        try (GradientEngine engine = onDevice(0, all)) {
            assertEquals(1, LimitedDevice.segments(engine));
            whole = sums(engine, all);
        }
        try (GradientEngine engine = limited(all, limit)) {
            assertTrue(LimitedDevice.segments(engine) > 1);
            same(whole, sums(engine, all));
        }
    }

    private void check(EngineKind kind, List<Shard> all) {
        List<List<GradientSum>> whole;
        try (GradientEngine engine = open(kind, all)) {
            whole = sums(engine, all);
            same(whole, sums(engine, all));
        }
        for (int middle : new int[] {1, 4}) {
            try (GradientEngine left = open(kind, all.subList(0, middle));
                    GradientEngine right = open(kind, all.subList(middle, all.size()))) {
                List<List<GradientSum>> ofLeft = sums(left, all.subList(0, middle));
                List<List<GradientSum>> ofRight = sums(right, all.subList(middle, all.size()));
                for (int step = 0; step < whole.size(); step++) {
                    List<GradientSum> joined = new ArrayList<>(ofLeft.get(step));
                    joined.addAll(ofRight.get(step));
                    Agreement.sameBits(whole.get(step), joined);
                }
            }
        }
    }

    private static GradientEngine onDevice(int address, List<Shard> some) {
        return new OpenClEngine(new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, address), LOSS, FEATURES, some);
    }

    private static GradientEngine limited(List<Shard> some, long elements) {
        return LimitedDevice.open(LimitedDevice.shape(), elements, 1L << 30, Precision.FLOAT, LOSS, FEATURES, some);
    }

    private GradientEngine open(EngineKind kind, List<Shard> some) {
        return GradientEngines.open(new EngineSpec(kind, Precision.FLOAT, 0), LOSS, FEATURES, some);
    }

    /** Returns the sums of some shards over full ranges, mini-batches and full ranges again. */
    private List<List<GradientSum>> sums(GradientEngine engine, List<Shard> some) {
        List<List<GradientSum>> steps = new ArrayList<>();
        for (List<RowRange> ranges : List.of(Samples.all(some), batch(some, 3), batch(some, 1), Samples.all(some))) {
            steps.add(engine.sum(coefficients, ranges));
        }
        return steps;
    }

    private static List<RowRange> batch(List<Shard> some, int slot) {
        return some.stream()
                .map(shard -> new RowRange(slot * shard.rows() / 7, (slot + 1) * shard.rows() / 7))
                .toList();
    }

    private static void same(List<List<GradientSum>> expected, List<List<GradientSum>> actual) {
        for (int step = 0; step < expected.size(); step++) {
            Agreement.sameBits(expected.get(step), actual.get(step));
        }
    }
}
