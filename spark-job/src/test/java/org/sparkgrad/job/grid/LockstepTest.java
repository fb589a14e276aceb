package org.sparkgrad.job.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.PackedTriangle;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.cpu.CpuEngine;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.pass.GramPass;
import org.sparkgrad.job.exchange.pass.GridPass;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.shard.FeatureScales;

/** Programs of different lengths over one engine. */
class LockstepTest {
    private static final int FEATURES = 4;
    private static final int ROWS = 300;
    private static final int FOLDS = 3;
    private static final int TOGETHER = 100;

    private final OneEngine exchange = new OneEngine();

    /** Makes passes on an engine of this thread, and notes how many models each serves. */
    private static final class OneEngine implements Exchange {
        private final GradientEngine engine = new CpuEngine(new LogisticLoss(), FEATURES, Precision.DOUBLE, shards());
        private final List<Integer> widths = new ArrayList<>();
        private final List<FoldMask> matrices = new ArrayList<>();
        private final Thread caller = Thread.currentThread();

        @Override
        public double[] sum(Pass pass) {
            assertSame(caller, Thread.currentThread());
            if (pass instanceof GridPass grid) {
                widths.add(grid.models().size());
            } else if (pass instanceof GramPass gram) {
                matrices.add(gram.taken());
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
            folds[row] = (byte) random.nextInt(FOLDS);
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
                double[] gradient = sum.gradientSum();
                for (int i = 0; i <= FEATURES; i++) {
                    coefficients.values()[i] -= gradient[i] / sum.weightSum();
                }
            }
            return coefficients.values();
        };
    }

    @Test
    void onePassServesAllThatRun() {
        Lockstep<double[]> lockstep = new Lockstep<>(exchange, FOLDS);
        for (int steps : new int[] {5, 1, 3, 0}) {
            lockstep.add(GridModel.NONE, FeatureScales.same(FEATURES), descent(steps));
        }
        List<double[]> results = lockstep.run(TOGETHER);
        assertEquals(List.of(3, 2, 2, 1, 1), exchange.widths);
        assertArrayEquals(descent(5).apply(exchange), results.get(0), 1e-12);
        assertArrayEquals(descent(3).apply(exchange), results.get(2), 1e-12);
        assertArrayEquals(new double[FEATURES + 1], results.get(3));
    }

    /** Optimizers of many coefficients wait for others to end. */
    @Test
    void aProgramThatEndsMakesRoom() {
        Lockstep<double[]> lockstep = new Lockstep<>(exchange, FOLDS);
        for (int steps : new int[] {3, 1, 1, 2}) {
            lockstep.add(GridModel.NONE, FeatureScales.same(FEATURES), descent(steps));
        }
        lockstep.run(Lockstep.most(1 << 17, 0));
        assertEquals(List.of(2, 2, 2, 1), exchange.widths);
    }

    @Test
    void foldsAndScalesAreThoseOfTheProgram() {
        Lockstep<double[]> lockstep = new Lockstep<>(exchange, FOLDS);
        for (int fold = 0; fold < 3; fold++) {
            lockstep.add(fold, FeatureScales.twice(FEATURES), descent(1));
        }
        List<double[]> results = lockstep.run(TOGETHER);
        GridPass pass = new GridPass(
                IntStream.range(0, 3)
                        .mapToObj(fold -> new GridModel(Coefficients.zeros(1, FEATURES), fold))
                        .toList(),
                BatchSlot.ALL);
        List<GradientSum> sums = pass.ofModels(exchange.sum(pass));
        for (int fold = 0; fold < 3; fold++) {
            GradientSum sum = sums.get(fold);
            double[] gradient = sum.gradientSum();
            double intercept = -gradient[FEATURES] / sum.weightSum();
            for (int j = 0; j < FEATURES; j++) {
                double moved = -2 * gradient[j] / sum.weightSum() + intercept;
                assertEquals(moved, results.get(fold)[j], 1e-12);
            }
            assertEquals(intercept, results.get(fold)[FEATURES], 1e-12);
        }
    }

    /** Six models over three folds ask for three sums, and each has that of its own rows and features. */
    @Test
    void theMatrixOfEachFoldIsSummedOnce() {
        Lockstep<double[]> lockstep = new Lockstep<>(exchange, FOLDS);
        for (int program = 0; program < 2 * FOLDS; program++) {
            boolean last = program >= FOLDS;
            lockstep.add(program % FOLDS, FeatureScales.twice(FEATURES), asked -> {
                assertEquals(FEATURES + 1, descent(last ? 1 : 0).apply(asked).length);
                return asked.sum(new GramPass(FEATURES, BatchSlot.ALL, FoldMask.ALL, null));
            });
        }
        List<double[]> found = lockstep.run(TOGETHER);
        assertEquals(List.of(FoldMask.of(1), FoldMask.of(2), FoldMask.of(0)), exchange.matrices);
        for (int program = 0; program < found.size(); program++) {
            FoldMask taken = FoldMask.without(program % FOLDS);
            assertSameForm(exchange.sum(new GramPass(FEATURES, BatchSlot.ALL, taken, null)), found.get(program));
        }
    }

    @Test
    void secondDerivativesAreThoseOfTheModel() {
        Coefficients at = new Coefficients(1, FEATURES, new double[] {0.5, -1, 0.25, 0, 0.125});
        Lockstep<double[]> lockstep = new Lockstep<>(exchange, FOLDS);
        lockstep.add(
                2,
                FeatureScales.twice(FEATURES),
                asked -> asked.sum(new GramPass(FEATURES, BatchSlot.ALL, FoldMask.ALL, at)));
        double[] found = lockstep.run(TOGETHER).get(0);
        Coefficients ofBlocks = FeatureScales.twice(FEATURES).toBlocks(at);
        assertSameForm(exchange.sum(new GramPass(FEATURES, BatchSlot.ALL, FoldMask.without(2), ofBlocks)), found);
    }

    /** Coefficients have the same margins in both scales, and so the same v'Gv, which is a sum of their squares. */
    private static void assertSameForm(double[] ofBlocks, double[] ofModel) {
        SplittableRandom random = new SplittableRandom(6);
        for (int turn = 0; turn < 20; turn++) {
            Coefficients v = Coefficients.zeros(1, FEATURES);
            Arrays.setAll(v.values(), i -> random.nextGaussian());
            double expected =
                    form(ofBlocks, FeatureScales.twice(FEATURES).toBlocks(v).values());
            assertEquals(expected, form(ofModel, v.values()), 1e-12 * expected);
        }
    }

    private static double form(double[] packed, double[] v) {
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                sum += v[i] * packed[PackedTriangle.index(v.length, i, j)] * v[j];
            }
        }
        return sum;
    }

    @Test
    void oneFailureEndsAll() {
        IllegalStateException own = new IllegalStateException("own");
        Lockstep<double[]> lockstep = new Lockstep<>(exchange, FOLDS);
        lockstep.add(GridModel.NONE, FeatureScales.same(FEATURES), descent(1_000_000));
        lockstep.add(GridModel.NONE, FeatureScales.same(FEATURES), asked -> {
            assertEquals(FEATURES + 1, descent(2).apply(asked).length);
            throw own;
        });
        assertSame(own, assertThrows(IllegalStateException.class, () -> lockstep.run(TOGETHER)));
        assertEquals(List.of(2, 2), exchange.widths);
    }
}
