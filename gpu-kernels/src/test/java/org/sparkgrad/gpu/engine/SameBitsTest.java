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
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** The sums of a shard do not depend on its neighbours, its place, or on how often they are computed. */
class SameBitsTest {
    private static final int FEATURES = 130;
    private static final Loss LOSS = new SoftmaxLoss(3);

    private final Random random = new Random(5);
    private final List<Shard> shards =
            Samples.shards(FEATURES, 3, Precision.FLOAT, random, 5000, 0, 17, 2048, 1, 333, 4100, 64);
    private final Coefficients coefficients = Samples.coefficients(3, FEATURES, random);

    @ParameterizedTest
    @EnumSource(names = {"REFERENCE", "CPU"})
    void hostEngines(EngineKind kind) {
        check(kind);
    }

    @Test
    @RequiresOpenCl
    void openCl() {
        check(EngineKind.OPENCL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3000, 300_000, 1_000_000})
    @RequiresOpenCl
    void segmentsOfAnySize(long limit) {
        List<List<GradientSum>> whole;
        try (OpenClEngine engine = new OpenClEngine(LOSS, FEATURES, 0, shards)) {
            assertEquals(1, engine.segments());
            whole = sums(engine, 0, shards.size());
        }
        try (OpenClEngine engine = new OpenClEngine(LOSS, FEATURES, 0, shards, limit)) {
            assertTrue(engine.segments() > 1);
            same(whole, sums(engine, 0, shards.size()));
        }
    }

    @Test
    @RequiresOpenCl(devices = 2)
    void anotherDeviceOfTheKind() {
        try (GradientEngine first = new OpenClEngine(LOSS, FEATURES, 0, shards);
                GradientEngine second = new OpenClEngine(LOSS, FEATURES, 1, shards)) {
            if (first.report().device().equals(second.report().device())) {
                same(sums(first, 0, shards.size()), sums(second, 0, shards.size()));
            }
        }
    }

    private void check(EngineKind kind) {
        List<List<GradientSum>> whole;
        try (GradientEngine engine = open(kind, shards)) {
            whole = sums(engine, 0, shards.size());
            same(whole, sums(engine, 0, shards.size()));
        }
        for (int middle : new int[] {1, 4}) {
            try (GradientEngine left = open(kind, shards.subList(0, middle));
                    GradientEngine right = open(kind, shards.subList(middle, shards.size()))) {
                List<List<GradientSum>> ofLeft = sums(left, 0, middle);
                List<List<GradientSum>> ofRight = sums(right, middle, shards.size());
                for (int step = 0; step < whole.size(); step++) {
                    List<GradientSum> joined = new ArrayList<>(ofLeft.get(step));
                    joined.addAll(ofRight.get(step));
                    Agreement.sameBits(whole.get(step), joined);
                }
            }
        }
    }

    private GradientEngine open(EngineKind kind, List<Shard> some) {
        return GradientEngines.open(new EngineSpec(kind, Precision.FLOAT, 0), LOSS, FEATURES, some);
    }

    /** Returns the sums of shards [from, to) over full ranges, mini-batches and full ranges again. */
    private List<List<GradientSum>> sums(GradientEngine engine, int from, int to) {
        List<List<GradientSum>> steps = new ArrayList<>();
        for (List<RowRange> ranges : List.of(Samples.all(shards), batch(3), batch(1), Samples.all(shards))) {
            steps.add(engine.sum(coefficients, ranges.subList(from, to)));
        }
        return steps;
    }

    private List<RowRange> batch(int slot) {
        return shards.stream()
                .map(shard -> new RowRange(slot * shard.rows() / 7, (slot + 1) * shard.rows() / 7))
                .toList();
    }

    private static void same(List<List<GradientSum>> expected, List<List<GradientSum>> actual) {
        for (int step = 0; step < expected.size(); step++) {
            Agreement.sameBits(expected.get(step), actual.get(step));
        }
    }
}
