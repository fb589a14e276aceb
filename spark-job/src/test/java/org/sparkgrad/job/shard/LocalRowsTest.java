package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.assemble.RowBatches;

/** Rows that stay on the heap. */
class LocalRowsTest {
    static final int FEATURES = 300;
    private static final long SEED = 11;

    private static final JavaSparkContext SPARK = TestSpark.context("local[2]");

    /** The kinds of RowPackerTest; row numbers that are hashes may be shared by rows of different content. */
    @ParameterizedTest
    @CsvSource({
        "d, 1, 1, 1000",
        "d, 8, 3, 10000",
        "p, 8, 3, 10000",
        "s, 8, 3, 10000",
        "dp, 16, 4, 10000",
        "ds, 16, 4, 10000",
        "dps, 4, 2, 500",
        "d, 2048, 5, 10000",
    })
    void shardsAreThoseOfTheShuffle(String kinds, int shards, int partitions, long rowNumbers) {
        List<Instance> instances = instances(kinds, rowNumbers);
        List<String> expected = hashes(TestData.shards(SPARK.parallelize(instances, 2), FEATURES, shards, SEED)
                .rows()
                .collect());
        Collections.shuffle(instances, new Random(5));
        try (LocalRows local = LocalRows.open(SEED)) {
            packAll(local, instances, partitions);
            assertTrue(local.holdsAll());
            Shards held = local.shards(SPARK, FEATURES, shards);
            for (int time = 0; time < 2; time++) {
                assertEquals(expected, hashes(held.rows().collect()));
            }
            Shards shuffled = TestData.shards(SPARK.parallelize(instances, 3), FEATURES, shards, SEED);
            assertEquals(shuffled.statistics(3).sha256(), held.statistics(3).sha256());
            // Of 2,048 shards and two folds, too many numbers for one merge.
            assertEquals(
                    shuffled.statistics(3, 2).all().sha256(),
                    held.statistics(3, 2).all().sha256());
        }
    }

    /** Some 10 MB of numbers, several packs of a partition. */
    @Test
    void rowsBeyondTheLimitAreNotHeld() {
        List<Instance> instances = instances("d", 10_000);
        try (LocalRows local = LocalRows.open(SEED, 6 << 20)) {
            pack(local, instances.subList(0, 4000), 0);
            assertTrue(local.holdsAll());
            pack(local, instances.subList(4000, 10_000), 1);
            assertFalse(local.holdsAll());
        }
    }

    @Test
    void aSecondAttemptAtAPartitionReplacesTheFirst() {
        List<Instance> instances = instances("ds", 1000);
        try (LocalRows local = LocalRows.open(SEED)) {
            pack(local, instances.subList(0, 700), 0);
            pack(local, instances, 0);
            assertEquals(10_000, local.shards(SPARK, FEATURES, 2).statistics(3).rows());
        }
    }

    @Test
    void rowsAreGoneOnceClosed() {
        Shards shards;
        try (LocalRows local = LocalRows.open(SEED)) {
            pack(local, instances("d", 10), 0);
            shards = local.shards(SPARK, FEATURES, 2);
        }
        SparkException failure =
                assertThrows(SparkException.class, () -> shards.rows().count());
        assertTrue(String.valueOf(failure.getMessage()).contains("the rows of this run are closed"));
    }

    private static void pack(LocalRows local, List<Instance> instances, int partition) {
        LocalRows.Packer packer = new LocalRows.Packer(local.id());
        RowBatches.of(instances.iterator()).forEachRemaining(packer::add);
        packer.end(partition);
    }

    /** In tasks that end in any order. */
    private static void packAll(LocalRows local, List<Instance> instances, int partitions) {
        String id = local.id();
        SPARK.parallelize(instances, partitions)
                .mapPartitionsWithIndex(
                        (partition, rows) -> {
                            LocalRows.Packer packer = new LocalRows.Packer(id);
                            RowBatches.of(rows).forEachRemaining(packer::add);
                            packer.end(partition);
                            return rows;
                        },
                        true)
                .count();
    }

    static List<Instance> instances(String kinds, long rowNumbers) {
        Random random = new Random(3);
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            double[] numbers = random.doubles(FEATURES).map(u -> (float) u).toArray();
            char kind = kinds.charAt(i % kinds.length());
            if (kind == 'p') {
                numbers[i % FEATURES] = 0.1;
            }
            Vector features = kind == 's'
                    ? Vectors.sparse(FEATURES, new int[] {i % 7, 9 + i % 90}, new double[] {1.5, -numbers[0]})
                    : Vectors.dense(numbers);
            instances.add(new Instance(i % rowNumbers, i % 3, 0.25 * (i % 5), features, i % 2));
        }
        return instances;
    }

    static List<String> hashes(List<ShardRows> shards) {
        List<String> hashes = new ArrayList<>();
        for (ShardRows shard : shards) {
            double[] features = new double[shard.features()];
            BitsHash hash = new BitsHash();
            for (int row = 0; row < shard.rows(); row++) {
                shard.copy(row, features);
                hash.add(shard.label(row), shard.weight(row), shard.fold(row)).add(features);
            }
            hashes.add(shard.number() + " " + HexFormat.of().formatHex(hash.bytes()));
        }
        return hashes;
    }
}
