package org.sparkgrad.job.shard;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;

/**
 * S, the number of logical shards: a power of two from the data's size and the batch size, never from cores, executors
 * or file splits, so that every cluster sums in the same order.
 */
public final class ShardCount {
    private static final int LEAST = 16;
    private static final int MOST = 4096;

    /** Small enough for a task to make or read a shard in the smallest heap that Spark takes. */
    private static final long TARGET_BYTES = 16L << 20;

    private static final int ROWS_OF_A_BATCH = 16;

    private ShardCount() {}

    /**
     * Returns S: shards of some 16 MiB, 16 at least, and at most one for 16 rows of a batch.
     *
     * @param size of all rows
     * @param batchSize rows of a step, or null for the whole data
     */
    public static int of(DataSize size, Precision precision, @Nullable Long batchSize) {
        double bytes = size.blockBytes(precision);
        int shards = LEAST;
        while (shards < MOST && bytes / shards > TARGET_BYTES) {
            shards *= 2;
        }
        if (batchSize == null) {
            return shards;
        }
        long batches = Math.max(1, Math.min(size.rows(), batchSize) / ROWS_OF_A_BATCH);
        return (int) Math.min(shards, Long.highestOneBit(batches));
    }
}
