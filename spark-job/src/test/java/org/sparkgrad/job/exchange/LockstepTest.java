package org.sparkgrad.job.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.CpuEngine;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.shard.FeatureScales;

/** Programs of different lengths over one engine. */
class LockstepTest {
    private static final int FEATURES = 4;
    private static final int ROWS = 300;

    private final OneEngine exchange = new OneEngine();

    /** Makes passes on an engine of this thread, and notes how many models each serves. */
    private static final class OneEngine implements Exchange {
        private final GradientEngine engine = new CpuEngine(new LogisticLoss(), FEATURES, Precision.DOUBLE, shards());
        private final List<Integer> widths = new ArrayList<>();
        private final Thread caller = Thread.currentThread();

        @Override
        public double[] sum(Pass pass) {
            assertSame(caller, Thread.currentThread());
            if (pass instanceof GridPass grid) {
                widths.add(grid.models().size());
            }
            return pass.sums(engine).stream().reduce(Pass::add).orElseThrow();
        }

        @Override
        public List<WorkerReport> workers() {
            return List.of();
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static List<Shard> shards() {
        SplittableRandom random = new SplittableRandom(4);
        double[] features = IntStream.range(0, ROWS * FEATURES)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
        float[] labels = new float[ROWS];
        double[] weights = new double[ROWS];
        byte[] folds = new byte[ROWS];
        for (int row = 0; row < ROWS; row++) {
            labels[row] = random.nextInt(2);
            weights[row] = random.nextDouble();
            folds[row] = (byte) random.nextInt(3);
        }
        return List.of(
                new Shard(0, FEATURES, List.of(DenseBlock.ofDoubles(FEATURES, features, labels, weights)), folds));
    }

    /** Plain descent of so many steps. */
    private static Function<Exchange, double[]> descent(int steps) {
        return asked -> {
            Coefficients coefficients = Coefficients.zeros(1, FEATURES);
            for (int step = 0; step < steps; step++) {
                GradientSum sum = asked.sum(coefficients, BatchSlot.ALL);
                for (int i = 0; i <= FEATURES; i++) {
                    coefficients.values()[i] -= sum.gradientSum()[i] / sum.weightSum();
                }
            }
            return coefficients.values();
        };
    }

    @Test
    void onePassServesAllThatRun() {
        Lockstep<double[]> lockstep = new Lockstep<>(exchange);
        for (int steps : new int[] {5, 1, 3, 0}) {
            lockstep.add(GridModel.NONE, FeatureScales.same(FEATURES), descent(steps));
        }
        List<double[]> results = lockstep.run(FEATURES + 1);
        assertEquals(List.of(3, 2, 2, 1, 1), exchange.widths);
        assertArrayEquals(descent(5).apply(exchange), results.get(0), 1e-12);
        assertArrayEquals(descent(3).apply(exchange), results.get(2), 1e-12);
        assertArrayEquals(new double[FEATURES + 1], results.get(3));
    }

    /** Optimizers of many coefficients wait for others to end. */
    @Test
    void aProgramThatEndsMakesRoom() {
        Lockstep<double[]> lockstep = new Lockstep<>(exchange);
        for (int steps : new int[] {3, 1, 1, 2}) {
            lockstep.add(GridModel.NONE, FeatureScales.same(FEATURES), descent(steps));
        }
        lockstep.run(1 << 17);
        assertEquals(List.of(2, 2, 2, 1), exchange.widths);
    }

    @Test
    void foldsAndScalesAreThoseOfTheProgram() {
        Lockstep<double[]> lockstep = new Lockstep<>(exchange);
        for (int fold = 0; fold < 3; fold++) {
            lockstep.add(fold, FeatureScales.twice(FEATURES), descent(1));
        }
        List<double[]> results = lockstep.run(FEATURES + 1);
        GridPass pass = new GridPass(
                IntStream.range(0, 3)
                        .mapToObj(fold -> new GridModel(Coefficients.zeros(1, FEATURES), fold))
                        .toList(),
                BatchSlot.ALL);
        List<GradientSum> sums = pass.ofModels(exchange.sum(pass));
        for (int fold = 0; fold < 3; fold++) {
            GradientSum sum = sums.get(fold);
            double intercept = -sum.gradientSum()[FEATURES] / sum.weightSum();
            for (int j = 0; j < FEATURES; j++) {
                double moved = -2 * sum.gradientSum()[j] / sum.weightSum() + intercept;
                assertEquals(moved, results.get(fold)[j], 1e-12);
            }
            assertEquals(intercept, results.get(fold)[FEATURES], 1e-12);
        }
    }

    @Test
    void oneFailureEndsAll() {
        IllegalStateException own = new IllegalStateException("own");
        Lockstep<double[]> lockstep = new Lockstep<>(exchange);
        lockstep.add(GridModel.NONE, FeatureScales.same(FEATURES), descent(1_000_000));
        lockstep.add(GridModel.NONE, FeatureScales.same(FEATURES), asked -> {
            assertEquals(FEATURES + 1, descent(2).apply(asked).length);
            throw own;
        });
        assertSame(own, assertThrows(IllegalStateException.class, () -> lockstep.run(FEATURES + 1)));
        assertEquals(List.of(2, 2), exchange.widths);
    }
}
