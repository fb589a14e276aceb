package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.assemble.RowBatches;

/** Rows on the heap or through the shuffle, by the room there is. */
class ShardingTest {
    private static final int COUNT = 8;
    private static final long SEED = 11;

    private static final JavaSparkContext SPARK = TestSpark.context("local[2]");

    private final List<Instance> instances = LocalRowsTest.instances("d", 10_000);
    private final DataSize size = new DataSize(
            instances.size(), LocalRowsTest.FEATURES, (long) instances.size() * LocalRowsTest.FEATURES, false);
    private final LongAccumulator read = SPARK.sc().longAccumulator();

    @Test
    void rowsThatAreHeldAreReadOnce() {
        try (Sharding sharding = new Sharding(SPARK, SEED, size.packedBytes())) {
            Shards shards = sharding.shards(counted(), size, COUNT).keep(false);
            assertEquals(instances.size(), read.value());
            for (int time = 0; time < 2; time++) {
                assertEquals(expected(), LocalRowsTest.hashes(shards.rows().collect()));
            }
            assertEquals(instances.size(), read.value());
            assertEquals(StorageLevel.NONE(), shards.rows().getStorageLevel());
        }
    }

    @Test
    void rowsForWhichThereIsNoRoomGoThroughTheShuffleAtOnce() {
        try (Sharding sharding = new Sharding(SPARK, SEED, size.packedBytes() - 1)) {
            Shards shards = sharding.shards(counted(), size, COUNT);
            assertEquals(0, read.value());
            assertEquals(expected(), LocalRowsTest.hashes(shards.rows().collect()));
        }
    }

    @Test
    void rowsThatTurnOutToBeTooManyGoThroughTheShuffle() {
        try (Sharding sharding = new Sharding(SPARK, SEED, 1 << 20)) {
            Shards shards = sharding.shards(counted(), size.share(0.01), COUNT);
            assertEquals(expected(), LocalRowsTest.hashes(shards.rows().collect()));
            assertEquals(2L * instances.size(), read.value());
        }
    }

    @Test
    void allThatIsHeldSharesTheRoom() {
        try (Sharding sharding = new Sharding(SPARK, SEED, size.packedBytes())) {
            sharding.shards(counted(), size, COUNT);
            sharding.shards(counted(), size, COUNT);
            assertEquals(instances.size(), read.value());
        }
    }

    private JavaRDD<RowBatch> counted() {
        LongAccumulator rows = read;
        return RowBatches.of(SPARK.parallelize(instances, 3).map(instance -> {
            rows.add(1);
            return instance;
        }));
    }

    private List<String> expected() {
        return LocalRowsTest.hashes(
                TestData.shards(SPARK.parallelize(instances, 2), LocalRowsTest.FEATURES, COUNT, SEED)
                        .rows()
                        .collect());
    }
}
