package org.sparkgrad.job.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.assemble.BatchKeeper;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.DataSettings.Dense;

/**
 * Brings the rows of a run into shards. In local mode the rows stay on this JVM's heap, up to a limit, until this
 * object is closed. Otherwise Spark shuffles the rows. The shards are the same.
 */
public final class Sharding implements AutoCloseable {
    private final JavaSparkContext spark;
    private final long seed;
    private final List<LocalRows> held = new ArrayList<>();
    private long room;
    private @Nullable LocalRows keptTraining;
    private @Nullable LocalRows keptHeldOut;

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
     * Returns a keeper of the rows of the training table, to be read before {@link #training} is called; null if rows do
     * not stay in this JVM.
     *
     * @param fraction the fraction of rows that are held out
     */
    public @Nullable BatchKeeper keeper(double fraction) {
        if (room == 0) {
            return null;
        }
        keptTraining = LocalRows.open(seed, (long) (room * (1 - fraction)));
        keptHeldOut = LocalRows.open(seed, (long) (room * fraction));
        held.add(keptTraining);
        held.add(keptHeldOut);
        return new KeptRows(keptTraining.id(), keptHeldOut.id(), fraction, seed);
    }

    /**
     * Returns the training rows in shards: those that the keeper has, else those of another pass over the table.
     *
     * @param batches the rows of the table
     */
    public Shards training(Supplier<JavaRDD<RowBatch>> batches, double fraction, DataSize size, int count) {
        releaseParts();
        return keptTraining != null
                ? keptTraining.shards(spark, size.features(), count)
                : shards(Holdout.training(batches.get(), fraction, seed), size.share(1 - fraction), count);
    }

    /** Returns the held-out rows in shards, after the training rows and as {@link #training} does. */
    public Shards heldOut(Supplier<JavaRDD<RowBatch>> batches, double fraction, DataSize size, int count) {
        return keptHeldOut != null
                ? keptHeldOut.shards(spark, size.features(), count)
                : shards(Holdout.validation(batches.get(), fraction, seed), size.share(fraction), count);
    }

    /** Returns whether the keeper has all rows of the table. */
    public boolean keepsRows() {
        return keptTraining != null && keptTraining.holdsRows() && keptHeldOut != null && keptHeldOut.holdsAll();
    }

    /** Releases the kept rows if they are not all rows of the table. */
    private void releaseParts() {
        LocalRows training = keptTraining;
        LocalRows others = keptHeldOut;
        if (training == null || others == null) {
            return;
        }
        if (keepsRows()) {
            room -= training.bytes() + others.bytes();
            return;
        }
        training.close();
        others.close();
        held.removeAll(List.of(training, others));
        keptTraining = null;
        keptHeldOut = null;
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
        return Shards.shuffle(batches, size.features(), count, seed);
    }

    /**
     * Returns rows of unknown size in shards. They are read once if they stay on the heap.
     *
     * @param features F
     * @param count S of the size of the rows
     */
    public SizedShards sized(JavaRDD<RowBatch> batches, Dense dense, int features, ToIntFunction<DataSize> count) {
        if (room > 0) {
            LocalRows local = LocalRows.open(seed, room);
            held.add(local);
            room -= local.take(batches);
            if (local.holdsAll()) {
                DataSize size = local.size(dense, features);
                return new SizedShards(local.shards(spark, features, count.applyAsInt(size)), size);
            }
            local.close();
        }
        DataSize size = DataSize.of(batches, dense, features);
        return new SizedShards(Shards.shuffle(batches, features, count.applyAsInt(size), seed), size);
    }

    /** Shards, and the size of their rows. */
    public record SizedShards(Shards shards, DataSize size) {}

    /** Releases the rows. */
    @Override
    public void close() {
        held.forEach(LocalRows::close);
    }
}
