package org.sparkgrad.job.shard;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.assemble.Instance;

/**
 * Brings the rows of a run into shards: in local mode on this JVM's heap, as far as there is room, where they are until this is
 * closed; else through Spark's shuffle. The shards are the same.
 */
public final class Sharding implements AutoCloseable {
    private final JavaSparkContext spark;
    private final long seed;
    private final List<LocalRows> held = new ArrayList<>();
    private long room;

    /**
     * Holds nothing yet.
     *
     * @param seed of the shuffle
     */
    public Sharding(JavaSparkContext spark, long seed) {
        this(spark, seed, spark.isLocal() ? LocalRows.room() : 0);
    }

    /** The same with another limit of bytes. */
    Sharding(JavaSparkContext spark, long seed, long room) {
        this.spark = spark;
        this.seed = seed;
        this.room = room;
    }

    /**
     * Returns instances in shards; what is to be held is read here.
     *
     * @param size about how large they are
     * @param count S, a power of two
     */
    public Shards shards(JavaRDD<Instance> instances, DataSize size, int count) {
        if (size.packedBytes() <= room) {
            LocalRows local = LocalRows.open(seed, room);
            held.add(local);
            room -= local.take(instances);
            if (local.holdsAll()) {
                return local.shards(spark, size.features(), count);
            }
        }
        return Shards.shuffle(instances, size.features(), count, seed);
    }

    /** Lets the rows go. */
    @Override
    public void close() {
        held.forEach(LocalRows::close);
    }
}
