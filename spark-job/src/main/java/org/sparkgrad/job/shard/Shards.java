package org.sparkgrad.job.shard;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.storage.StorageLevel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.spark.JavaSerialized;
import org.sparkgrad.job.spark.PersistedRdd;
import org.sparkgrad.job.spark.ShortJobs;
import scala.Tuple2;

/**
 * Instances in S logical shards. Partition s of the RDD is shard s, with the same rows in the same order on any
 * cluster. The shuffle's files stay until the job ends, so a dropped partition is read again from the files, without a
 * new shuffle. If an executor is lost with its files, Spark computes the files again from the input.
 */
public final class Shards {
    /** Above this number of values, over all shards, tasks merge statistics before the driver does. */
    private static final long WIDE = 1 << 20;

    private static final int RUN = 4;

    private static final int FEW = 16;

    private static final int FEW_OF_A_CORE = 6;

    private final int count;
    private final int features;
    private JavaRDD<ShardRows> rows;
    private final boolean held;

    private boolean inMemory = true;

    /** @param held whether the rows are stored already, so that reading them again costs nothing */
    Shards(int count, int features, JavaRDD<ShardRows> rows, boolean held) {
        this.count = count;
        this.features = features;
        this.rows = rows;
        this.held = held;
    }

    /**
     * Shuffles rows into shards.
     *
     * @param features F
     * @param count S, a power of two
     * @param seed the seed of the shuffle
     */
    public static Shards shuffle(JavaRDD<RowBatch> batches, int features, int count, long seed) {
        JavaRDD<ShardRows> rows = PackShuffle.to(batches.mapPartitions(new RowPacker(seed, count)), count)
                .mapPartitionsWithIndex(
                        (shard, packs) ->
                                List.of(new ShardRows(shard, features, packs)).iterator(),
                        true);
        return new Shards(count, features, rows, false);
    }

    /** Returns the same rows with each weight multiplied by the weight of the row's class. */
    public Shards weighted(double[] classWeights) {
        return new Shards(count, features, rows.map(shard -> shard.weighted(classWeights)), held);
    }

    /**
     * Sorts and persists the rows, unless they are stored already, and returns this object.
     *
     * @param inMemory whether the rows stay in memory, with the rest on local disk; else all rows stay on disk
     */
    public Shards keep(boolean inMemory) {
        this.inMemory = inMemory;
        if (!held) {
            rows = PersistedRdd.of(rows, level(inMemory)).rdd();
        }
        return this;
    }

    /** Returns whether the rows may stay in memory, as the caller of {@link #keep} has decided. */
    public boolean inMemory() {
        return inMemory;
    }

    /** Returns S. */
    public int count() {
        return count;
    }

    /** Returns the rows of each shard. */
    public JavaRDD<ShardRows> rows() {
        return rows;
    }

    /** Maps each shard to a value, as a leaf of the merge tree. */
    public <T> JavaRDD<MergeTree.Subtree<T>> map(Function<ShardRows, T> map) {
        return rows.map(shard -> MergeTree.leaf(shard.number(), map.call(shard)));
    }

    /** Merges the values of all shards along the merge tree. */
    public <T> T merge(JavaRDD<MergeTree.Subtree<T>> values, BinaryOperator<T> merge) {
        return MergeTree.root(ShortJobs.collect(fewTasks(values)), count, merge);
    }

    /** Maps each shard to a value and merges the values along the merge tree. */
    public <T> T reduce(Function<ShardRows, T> map, BinaryOperator<T> merge) {
        return merge(map(map), merge);
    }

    /** Returns the statistics of all rows, for labels 0..classes-1. */
    public Statistics statistics(int classes) {
        return statistics(classes, 1).all();
    }

    /** Returns the statistics of all rows, and of all rows except each fold. */
    public FoldStatistics statistics(int classes, int folds) {
        boolean wide = (long) count * features * folds > WIDE;
        JavaRDD<ShardRows> read = rows;
        if (wide && held) { // a run of adjacent shards for each task, which is a subtree, and no shuffle
            read = rows.coalesce(Math.min(count, Integer.highestOneBit(cores(rows))));
        }
        JavaRDD<MergeTree.Subtree<FoldStatistics>> parts =
                read.map(shard -> MergeTree.leaf(shard.number(), FoldStatistics.of(shard, classes, folds)));
        if (wide && held) {
            return MergeTree.root(ShortJobs.collect(parts.mapPartitions(Shards::merged)), count, FoldStatistics::merge);
        }
        for (int left = count; wide && left > RUN; left = Math.max(1, left / RUN)) {
            parts = runs(parts, Math.max(1, left / RUN));
        }
        return MergeTree.root(ShortJobs.collect(fewTasks(parts)), count, FoldStatistics::merge);
    }

    /**
     * Coalesces small data to one task per core, and rows on this JVM's heap to a few: a task takes milliseconds besides
     * its work.
     */
    public <T> JavaRDD<T> fewTasks(JavaRDD<T> parts) {
        int cores = cores(parts);
        if (count > FEW && !held) {
            return parts;
        }
        return parts.coalesce(count > FEW ? FEW_OF_A_CORE * cores : cores);
    }

    /** Brings each range of adjacent shards to one task, which merges them in the order of the tree. */
    private static JavaRDD<MergeTree.Subtree<FoldStatistics>> runs(
            JavaRDD<MergeTree.Subtree<FoldStatistics>> parts, int runs) {
        return parts.mapToPair(part -> new Tuple2<>(part.index() / RUN, JavaSerialized.of(part)))
                .partitionBy(new ShardPartitioner(runs))
                .values()
                .map(JavaSerialized::value)
                .mapPartitions(Shards::merged);
    }

    /** Merges siblings as soon as both are there, so that few exist at a time. */
    private static Iterator<MergeTree.Subtree<FoldStatistics>> merged(
            Iterator<MergeTree.Subtree<FoldStatistics>> parts) {
        List<MergeTree.Subtree<FoldStatistics>> merged = new ArrayList<>();
        while (parts.hasNext()) {
            merged.add(parts.next());
            merged = MergeTree.merge(merged, FoldStatistics::merge);
        }
        return merged.iterator();
    }

    private static int cores(JavaRDD<?> rows) {
        return Math.max(1, rows.context().defaultParallelism());
    }

    /** Returns the blocks of each shard, persisted in memory, with the rest on local disk. */
    public PersistedRdd<Shard> blocks(FeatureScale scale, Precision precision) {
        return blocks(scale, precision, true);
    }

    /**
     * Returns the blocks of each shard.
     *
     * @param scale the scale of a training, whose blocks may use another scale, {@link FeatureScale#blocks}
     * @param inMemory whether the blocks stay in memory, with the rest on local disk; else all blocks stay on disk
     */
    public PersistedRdd<Shard> blocks(FeatureScale scale, Precision precision, boolean inMemory) {
        FeatureScale held = scale.blocks();
        return PersistedRdd.of(rows.map(shard -> BlockBuilder.build(shard, held, precision)), level(inMemory));
    }

    private static StorageLevel level(boolean inMemory) {
        return inMemory ? StorageLevel.MEMORY_AND_DISK() : StorageLevel.DISK_ONLY();
    }
}
