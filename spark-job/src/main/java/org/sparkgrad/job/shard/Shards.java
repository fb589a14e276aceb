package org.sparkgrad.job.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.storage.StorageLevel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.spark.JavaSerialized;
import org.sparkgrad.job.spark.PersistedRdd;
import org.sparkgrad.job.spark.ShortJobs;
import scala.Tuple2;

/**
 * Instances in S logical shards, partition s of the RDD being shard s: the same rows in the same order whatever the
 * cluster. The shuffle's files stay until the job ends, so a dropped partition is read again, not shuffled again; files that
 * went with their executor are made again from the input.
 */
public final class Shards {
    /** Statistics of more features than this, over all shards, are merged by tasks before the driver sees them. */
    private static final long WIDE = 1 << 20;

    private static final int RUN = 4;

    private static final int FEW = 16;

    private final int count;
    private final int features;
    private JavaRDD<ShardRows> rows;
    private final boolean held;

    private boolean inMemory = true;

    /** @param held whether the rows are somewhere, and cost nothing to read again */
    Shards(int count, int features, JavaRDD<ShardRows> rows, boolean held) {
        this.count = count;
        this.features = features;
        this.rows = rows;
        this.held = held;
    }

    /**
     * Shuffles instances into shards.
     *
     * @param features F
     * @param count S, a power of two
     * @param seed of the shuffle
     */
    public static Shards shuffle(JavaRDD<Instance> instances, int features, int count, long seed) {
        JavaRDD<ShardRows> rows = PackShuffle.to(instances.mapPartitions(new RowPacker(seed, count)), count)
                .mapPartitionsWithIndex(
                        (shard, packs) ->
                                List.of(new ShardRows(shard, features, packs)).iterator(),
                        true);
        return new Shards(count, features, rows, false);
    }

    /** Returns the same rows, the weight of each multiplied by its class's. */
    public Shards weighted(double[] classWeights) {
        return new Shards(count, features, rows.map(shard -> shard.weighted(classWeights)), held);
    }

    /**
     * Keeps the rows where they are, sorted, unless they are held already, and returns this.
     *
     * @param inMemory whether in memory, and on local disk what does not fit; else on disk alone
     */
    public Shards keep(boolean inMemory) {
        this.inMemory = inMemory;
        if (!held) {
            rows = PersistedRdd.of(rows, level(inMemory)).rdd();
        }
        return this;
    }

    /** Returns whether they are few enough for memory, as far as was said. */
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

    /** Maps each shard to a value, in its place in the tree. */
    public <T> JavaRDD<MergeTree.Subtree<T>> map(Function<ShardRows, T> map) {
        return rows.map(shard -> MergeTree.leaf(shard.number(), map.call(shard)));
    }

    /** Merges the values of all shards along the tree. */
    public <T> T merge(JavaRDD<MergeTree.Subtree<T>> values, BinaryOperator<T> merge) {
        return MergeTree.root(ShortJobs.collect(fewTasks(values)), count, merge);
    }

    /** Maps each shard to a value and merges the values along the tree. */
    public <T> T reduce(Function<ShardRows, T> map, BinaryOperator<T> merge) {
        return merge(map(map), merge);
    }

    /** Returns the statistics of all rows, for labels 0..classes-1. */
    public Statistics statistics(int classes) {
        return statistics(classes, 1).all();
    }

    /** Returns the statistics of all rows, and of all but those of each fold. */
    public FoldStatistics statistics(int classes, int folds) {
        JavaRDD<MergeTree.Subtree<FoldStatistics>> parts =
                rows.map(shard -> MergeTree.leaf(shard.number(), FoldStatistics.of(shard, classes, folds)));
        for (int left = count; (long) count * features * folds > WIDE && left > RUN; left = Math.max(1, left / RUN)) {
            parts = runs(parts, Math.max(1, left / RUN));
        }
        return MergeTree.root(ShortJobs.collect(fewTasks(parts)), count, FoldStatistics::merge);
    }

    /** Of few shards a task for each core takes several: of small data, tasks cost more than what they do. */
    private <T> JavaRDD<T> fewTasks(JavaRDD<T> parts) {
        return count > FEW ? parts : parts.coalesce(Math.max(1, parts.context().defaultParallelism()));
    }

    /** Brings each run of neighbours together in a task, which merges them: the order of the tree, elsewhere. */
    private static JavaRDD<MergeTree.Subtree<FoldStatistics>> runs(
            JavaRDD<MergeTree.Subtree<FoldStatistics>> parts, int runs) {
        return parts.mapToPair(part -> new Tuple2<>(part.index() / RUN, JavaSerialized.of(part)))
                .partitionBy(new ShardPartitioner(runs))
                .values()
                .mapPartitions(run -> {
                    List<MergeTree.Subtree<FoldStatistics>> merged = new ArrayList<>();
                    while (run.hasNext()) {
                        merged.add(JavaSerialized.value(run.next()));
                        merged = MergeTree.merge(merged, FoldStatistics::merge);
                    }
                    return merged.iterator();
                });
    }

    /** Returns the blocks of each shard, kept in memory and, what does not fit, on local disk. */
    public PersistedRdd<Shard> blocks(FeatureScale scale, Precision precision) {
        return blocks(scale, precision, true);
    }

    /**
     * Returns the blocks of each shard.
     *
     * @param scale of a training, whose blocks may hold features in another, {@link FeatureScale#blocks}
     * @param inMemory whether they are kept in memory, and on local disk what does not fit; else on disk alone
     */
    public PersistedRdd<Shard> blocks(FeatureScale scale, Precision precision, boolean inMemory) {
        FeatureScale held = scale.blocks();
        return PersistedRdd.of(rows.map(shard -> BlockBuilder.build(shard, held, precision)), level(inMemory));
    }

    private static StorageLevel level(boolean inMemory) {
        return inMemory ? StorageLevel.MEMORY_AND_DISK() : StorageLevel.DISK_ONLY();
    }
}
