package org.sparkgrad.job.exchange.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.cpu.CpuEngine;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/** What an engine merges is what the tree over all shards merges. */
class MergedPassTest {
    private static final int FEATURES = 3;
    private static final int ROWS = 40;

    private final SplittableRandom random = new SplittableRandom(8);

    @ParameterizedTest
    @CsvSource({"0, 16", "3, 11", "5, 6", "8, 12", "0, 0"})
    void theSubtreesOfAWorker(int from, int to) {
        List<Shard> shards = IntStream.range(from, to).mapToObj(this::shard).toList();
        Coefficients coefficients = new Coefficients(1, FEATURES, new double[] {0.5, -1, 2, 0.25});
        BatchSlot slot = new BatchSlot(1, 3);
        try (GradientEngine engine = new CpuEngine(new LogisticLoss(), FEATURES, Precision.FLOAT, shards)) {
            check(new GradientPass(coefficients, slot), engine);
            check(new GridPass(List.of(new GridModel(coefficients, 0), new GridModel(coefficients, 1)), slot), engine);
        }
    }

    private static void check(Pass pass, GradientEngine engine) {
        List<Subtree<double[]>> leaves = new ArrayList<>();
        List<double[]> sums = pass.sums(engine);
        for (int s = 0; s < sums.size(); s++) {
            leaves.add(MergeTree.leaf(engine.shards().get(s).number(), sums.get(s)));
        }
        List<Subtree<double[]>> expected = MergeTree.merge(leaves, Pass::add);
        List<Subtree<double[]>> actual = new ArrayList<>();
        pass.sums(engine, actual::add);
        assertEquals(expected.size(), actual.size());
        for (int t = 0; t < expected.size(); t++) {
            assertEquals(expected.get(t).level(), actual.get(t).level());
            assertEquals(expected.get(t).index(), actual.get(t).index());
            assertArrayEquals(expected.get(t).value(), actual.get(t).value());
        }
    }

    private Shard shard(int number) {
        float[] values = new float[ROWS * FEATURES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() - 0.5);
        }
        float[] labels = new float[ROWS];
        double[] weights = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            labels[row] = random.nextInt(2);
            weights[row] = random.nextDouble();
        }
        return new Shard(
                number, FEATURES, List.of(DenseBlock.ofFloats(FEATURES, values, labels, weights)), new byte[ROWS]);
    }
}
