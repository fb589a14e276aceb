package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Instance;

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
        assertEquals(1, timesRead(size.packedBytes(), size));
    }

    @Test
    void rowsForWhichThereIsNoRoomGoThroughTheShuffleAtOnce() {
        // Spark keeps the shuffle's files, so they are read once, too, but the shards have other parents.
        try (Sharding sharding = new Sharding(SPARK, SEED, size.packedBytes() - 1)) {
            Shards shards = sharding.shards(counted(), size, COUNT);
            assertEquals(0, read.value());
            assertEquals(expected(), LocalRowsTest.hashes(shards.rows().collect()));
        }
    }

    @Test
    void rowsThatTurnOutToBeTooManyGoThroughTheShuffle() {
        assertEquals(2, timesRead(1 << 20, size.share(0.01)));
    }

    @Test
    void allThatIsHeldSharesTheRoom() {
        try (Sharding sharding = new Sharding(SPARK, SEED, size.packedBytes())) {
            sharding.shards(counted(), size, COUNT);
            sharding.shards(counted(), size, COUNT);
            assertEquals(instances.size(), read.value());
        }
    }

    private long timesRead(long room, DataSize expectedSize) {
        try (Sharding sharding = new Sharding(SPARK, SEED, room)) {
            Shards shards = sharding.shards(counted(), expectedSize, COUNT).keep(true);
            for (int time = 0; time < 2; time++) {
                assertEquals(expected(), LocalRowsTest.hashes(shards.rows().collect()));
            }
            shards.rows().unpersist(true);
        }
        return read.value() / instances.size();
    }

    private JavaRDD<Instance> counted() {
        LongAccumulator rows = read;
        return SPARK.parallelize(instances, 3).map(instance -> {
            rows.add(1);
            return instance;
        });
    }

    private List<String> expected() {
        return LocalRowsTest.hashes(Shards.shuffle(SPARK.parallelize(instances, 2), LocalRowsTest.FEATURES, COUNT, SEED)
                .rows()
                .collect());
    }
}
