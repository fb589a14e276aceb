package org.sparkgrad.job.shard;

import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.sparkgrad.job.assemble.RowBatch;

/**
 * Decides which rows are held out of the training: a function of (seed, row number). Its hash is independent of the
 * hash that chooses shards.
 */
public final class Holdout {
    private static final long STREAM = 0x5BE0CD19137E2179L;
    private static final double UNIT = 0x1p-53;

    private Holdout() {}

    /** Returns whether a row is held out. The fraction of such rows is from 0 to 1. */
    static boolean contains(long rowNumber, double fraction, long seed) {
        return (ShardKey.of(seed ^ STREAM, rowNumber) >>> 11) * UNIT < fraction;
    }

    /** Returns the training rows. */
    public static JavaRDD<RowBatch> training(JavaRDD<RowBatch> batches, double fraction, long seed) {
        return fraction == 0 ? batches : batches.map(batch -> part(batch, fraction, seed, false));
    }

    /** Returns the held-out rows. */
    public static JavaRDD<RowBatch> validation(JavaRDD<RowBatch> batches, double fraction, long seed) {
        return batches.map(batch -> part(batch, fraction, seed, true));
    }

    /** Returns the held-out rows of a batch, or the others. */
    static RowBatch part(RowBatch batch, double fraction, long seed, boolean held) {
        int[] rows = IntStream.range(0, batch.rows())
                .filter(row -> contains(batch.ids()[row], fraction, seed) == held)
                .toArray();
        return PackMerge.of(batch, rows);
    }
}
