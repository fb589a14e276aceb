package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.stat.MultivariateOnlineSummarizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Instance;

class ShardsTest {
    private static final int FEATURES = 7;

    private static Shards shards(List<Instance> instances, int partitions) {
        return TestData.shards(TestSpark.context("local[2]").parallelize(instances, partitions), FEATURES, 8, 11);
    }

    /** Row numbers that are hashes may be shared by rows of different content. */
    @ParameterizedTest
    @ValueSource(longs = {1000, 40})
    void orderDoesNotDependOnPartitionsOrArrival(long rowNumbers) {
        List<Instance> instances = TestData.instances(1000, FEATURES, 3, 1).stream()
                .map(row -> new Instance(row.rowNumber() % rowNumbers, row.label(), row.weight(), row.features()))
                .toList();
        List<Instance> shuffled = new ArrayList<>(instances);
        Collections.shuffle(shuffled, new Random(5));
        List<Shard> one = blocks(shards(instances, 1));
        List<Shard> many = blocks(shards(shuffled, 5));
        assertEquals(8, one.size());
        assertEquals(1000, one.stream().mapToInt(Shard::rows).sum());
        for (int s = 0; s < 8; s++) {
            assertEquals(s, one.get(s).number());
            for (int b = 0; b < one.get(s).blocks().size(); b++) {
                DenseBlock expected = (DenseBlock) one.get(s).blocks().get(b);
                DenseBlock actual = (DenseBlock) many.get(s).blocks().get(b);
                assertArrayEquals(expected.doubles(), actual.doubles());
                assertArrayEquals(expected.labels(), actual.labels());
                assertArrayEquals(expected.weights(), actual.weights());
            }
        }
    }

    private static List<Shard> blocks(Shards shards) {
        FeatureScale scale = FeatureScale.of(shards.statistics(3), FEATURES, true, true);
        return shards.blocks(scale, Precision.DOUBLE).rdd().collect();
    }

    @Test
    void statisticsAreThoseOfMllib() {
        List<Instance> instances = TestData.instances(2000, FEATURES, 3, 2);
        Statistics statistics = shards(instances, 3).statistics(3);
        MultivariateOnlineSummarizer summarizer = new MultivariateOnlineSummarizer();
        long[] classRows = new long[3];
        for (Instance instance : instances) {
            classRows[instance.label()]++;
            Vector features = instance.features();
            summarizer.add(Vectors.fromML(features), instance.weight());
        }
        assertEquals(2000, statistics.rows());
        assertArrayEquals(classRows, statistics.classRows());
        assertEquals(summarizer.weightSum(), statistics.weightSum(), 1e-9);
        for (int j = 0; j < FEATURES; j++) {
            assertEquals(summarizer.mean().apply(j), statistics.mean(j), 1e-12 * (1 + j));
            double deviation = Math.sqrt(summarizer.variance().apply(j));
            assertEquals(deviation, statistics.deviation(j), 1e-10 * deviation);
        }
    }

    @Test
    void aConstantColumnHasDeviationZeroAndAFarOneKeepsItsDigits() {
        List<Instance> instances = new ArrayList<>();
        double squares = 0;
        for (int i = 0; i < 1000; i++) {
            double far = (i % 10) - 4.5;
            squares += far * far;
            double[] x = {0.1, 1e6 + far, 0, i % 2, 1, 2, 3};
            instances.add(new Instance(i, i % 2, 1, org.apache.spark.ml.linalg.Vectors.dense(x)));
        }
        Statistics statistics = shards(instances, 2).statistics(2);
        assertEquals(0, statistics.deviation(0));
        assertEquals(Math.sqrt(squares / 999), statistics.deviation(1), 1e-9);
        assertEquals(0, statistics.deviation(2));
        assertEquals(0, statistics.deviation(6));
    }
}
