package org.sparkgrad.job.shard;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.assemble.RowBatch;

/**
 * Brings the rows of a run into shards. In local mode the rows stay on this JVM's heap, up to a limit, until this
 * object is closed. Otherwise Spark shuffles the rows. The shards are the same.
 */
public final class Sharding implements AutoCloseable {
    private final JavaSparkContext spark;
    private final long seed;
    private final List<LocalRows> held = new ArrayList<>();
    private long room;

    /**
     * Creates an object without rows.
     *
     * @param seed the seed of the shuffle
     */
    public Sharding(JavaSparkContext spark, long seed) {
        this(spark, seed, spark.isLocal() ? LocalRows.room() : 0);
    }

    /** Creates an object with another limit of bytes. */
    Sharding(JavaSparkContext spark, long seed, long room) {
        this.spark = spark;
        this.seed = seed;
        this.room = room;
    }

    /**
     * Returns rows in shards. Rows that stay on the heap are read in this call.
     *
     * @param size the approximate size of the rows
     * @param count S, a power of two
     */
    public Shards shards(JavaRDD<RowBatch> batches, DataSize size, int count) {
        if (size.packedBytes() <= room) {
            LocalRows local = LocalRows.open(seed, room);
            held.add(local);
            room -= local.take(batches);
            if (local.holdsAll()) {
                return local.shards(spark, size.features(), count);
            }
        }
        return Shards.shuffleBatches(batches, size.features(), count, seed);
    }

    /** Releases the rows. */
    @Override
    public void close() {
        held.forEach(LocalRows::close);
    }
}
