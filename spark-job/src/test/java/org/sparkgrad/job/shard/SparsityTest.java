package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.DataSettings.Dense;

class SparsityTest {
    private static Shards shards(int rows, int features, int nonzeros) {
        SplittableRandom random = new SplittableRandom(9);
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int[] indices =
                    random.ints(0, features).distinct().limit(nonzeros).sorted().toArray();
            double[] values = random.doubles(nonzeros, 1, 2).toArray();
            instances.add(new Instance(i, i % 2, 1 + i % 3, Vectors.sparse(features, indices, values)));
        }
        return TestData.shards(TestSpark.context("local[2]").parallelize(instances, 3), features, 8, 7);
    }

    @ParameterizedTest
    @CsvSource({"AUTO,300,29,true", "AUTO,300,30,false", "AUTO,200,2,false", "TRUE,300,2,false", "FALSE,20,20,true"})
    void theDataDecideUnlessTheUserDoes(Dense dense, int features, int nonzeros, boolean expected) {
        Statistics statistics = shards(50, features, nonzeros).statistics(2);
        assertEquals(50L * nonzeros, statistics.nonzeros());
        assertEquals(expected, Sparsity.isSparse(dense, statistics.rows(), statistics.nonzeros(), features));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT", "DOUBLE"})
    void sparseBlocksHoldTheRowsOfDenseOnesInTheirOrder(Precision precision) {
        Shards shards = shards(500, 40, 6);
        Statistics statistics = shards.statistics(2);
        List<Shard> dense = shards.blocks(FeatureScale.of(statistics, 40, true, false, false), precision)
                .rdd()
                .collect();
        FeatureScale scale = FeatureScale.of(statistics, 40, true, true, true);
        List<Shard> sparse = shards.blocks(scale, precision).rdd().collect();
        for (int s = 0; s < 8; s++) {
            assertTrue(sparse.get(s).sparse());
            assertEquals(1, sparse.get(s).blocks().size());
            Block expected = dense.get(s).blocks().get(0);
            SparseBlock actual = (SparseBlock) sparse.get(s).blocks().get(0);
            assertArrayEquals(expected.labels(), actual.labels());
            assertArrayEquals(expected.weights(), actual.weights());
            for (int row = 0; row < expected.rows(); row++) {
                assertEquals(6, actual.entries(row));
                assertArrayEquals(values(expected, row), values(actual, row));
            }
        }
    }

    /** Of a column far from 0 what is held are differences to its mean, of zeros, too: single precision keeps them. */
    @Test
    void aColumnFarFromZeroIsHeldAroundItsMean() {
        int features = 40;
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            double time = i == 5 ? 0 : 1.7e9 + i;
            Vector row = Vectors.sparse(features, new int[] {2, 30 + i % 4}, new double[] {time - 0.85e9, 1 + i % 3});
            instances.add(new Instance(i, i % 2, 1, row));
        }
        instances.set(5, new Instance(5, 1, 1, Vectors.sparse(features, new int[] {0, 33}, new double[] {1, 2})));
        Shards shards = TestData.shards(TestSpark.context("local[2]").parallelize(instances, 3), features, 2, 7);
        Statistics statistics = shards.statistics(2);
        FeatureScale scale = FeatureScale.of(statistics, features, true, true, true);
        assertEquals(64, scale.heldZeros(64));
        for (Shard shard : shards.blocks(scale, Precision.DOUBLE).rdd().collect()) {
            for (Block block : shard.blocks()) {
                for (int row = 0; row < block.rows(); row++) {
                    double[] held = values(block, row);
                    assertEquals(3, block.entries(row), 1);
                    assertNotEquals(0, held[2]);
                    assertTrue(Math.abs(held[2]) < 9, "around its mean: " + held[2]);
                }
            }
        }
        ScaleChange change = scale.to(scale.blocks());
        Coefficients trained = new Coefficients(
                1, features, new SplittableRandom(3).doubles(features + 1).toArray());
        Coefficients original = scale.toOriginal(trained);
        Coefficients ofBlocks = scale.blocks().toOriginal(change.toBlocks(trained));
        assertArrayEquals(original.values(), ofBlocks.values(), 1e-9);
    }

    private static double[] values(Block block, int row) {
        double[] values = new double[block.features()];
        for (int entry = 0; entry < block.entries(row); entry++) {
            values[block.entryFeature(row, entry)] = block.entryValue(row, entry);
        }
        return values;
    }

    @Test
    void statisticsOfManyFeaturesAreMergedInTheSameOrder() {
        int features = 70_000;
        Shards shards = shards(200, features, 50);
        Statistics wide = shards.statistics(2);
        Statistics driver = shards.reduce(shard -> Statistics.of(shard, 2), Statistics::merge);
        assertEquals(200, wide.rows());
        for (int j = 0; j < features; j++) {
            assertEquals(driver.mean(j), wide.mean(j));
            assertEquals(driver.deviation(j), wide.deviation(j));
        }
        assertFalse(Double.isNaN(wide.weightSum()));
    }
}
