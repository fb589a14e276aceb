package org.sparkgrad.job.ml.dataset;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.shard.LocalRows;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.spark.ShortJobs;

/** The rows of a Dataset with their counts. In local mode the same scan packs the rows, up to a limit of memory. */
public final class ScannedRows implements AutoCloseable {
    private final JavaRDD<InternalRow> stored;
    private final long seed;
    private final @Nullable LocalRows local;
    private final DatasetShape shape;

    private ScannedRows(JavaRDD<InternalRow> stored, long seed, @Nullable LocalRows local, DatasetShape shape) {
        this.stored = stored;
        this.seed = seed;
        this.local = local;
        this.shape = shape;
    }

    /**
     * Counts rows.
     *
     * @param seed the seed of the shuffle
     */
    public static ScannedRows of(JavaRDD<InternalRow> stored, long seed) {
        return new ScannedRows(stored, seed, null, FoldShapes.of(stored, 1).without(GridModel.NONE));
    }

    /** Counts rows whose shards are used once. */
    public static ScannedRows packed(JavaRDD<InternalRow> stored, long seed) {
        return spark(stored).isLocal() ? packed(stored, seed, LocalRows.open(seed)) : of(stored, seed);
    }

    /** Counts rows, with a {@link LocalRows} of the caller that is closed with the result. */
    public static ScannedRows packed(JavaRDD<InternalRow> stored, long seed, LocalRows local) {
        String place = local.id();
        try {
            DatasetShape shape = new DatasetShape();
            ShortJobs.collect(stored.mapPartitionsWithIndex((p, rows) -> pack(p, rows, place), true))
                    .forEach(shape::merge);
            return new ScannedRows(stored, seed, local, shape);
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            local.close();
            throw failure;
        }
    }

    private static Iterator<DatasetShape> pack(int partition, Iterator<InternalRow> rows, String place) {
        LocalRows.Packer packer = new LocalRows.Packer(place);
        DatasetShape shape = new DatasetShape();
        new StoredBatches(rows, shape).forEachRemaining(packer::add);
        packer.end(partition);
        return List.of(shape).iterator();
    }

    /** Returns the counts. */
    public DatasetShape shape() {
        return shape;
    }

    /**
     * Returns the rows in shards.
     *
     * @param count S
     */
    public Shards shards(int count) {
        return local != null && local.holdsAll()
                ? local.shards(spark(stored), shape.features(), count)
                : Shards.shuffle(DatasetInstances.batches(stored), shape.features(), count, seed);
    }

    private static JavaSparkContext spark(JavaRDD<InternalRow> rows) {
        return JavaSparkContext.fromSparkContext(rows.context());
    }

    /** Releases the rows. */
    @Override
    public void close() {
        if (local != null) {
            local.close();
        }
    }
}
