package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.block.SparseBlock;
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
        return Shards.shuffle(TestSpark.context("local[2]").parallelize(instances, 3), features, 8, 7);
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
                .collect();
        FeatureScale scale = FeatureScale.of(statistics, 40, true, true, true);
        List<Shard> sparse = shards.blocks(scale, precision).collect();
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
