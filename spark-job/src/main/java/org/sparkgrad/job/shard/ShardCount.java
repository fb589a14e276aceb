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
    private static final long TARGET_BYTES = 64L << 20;
    private static final int ROWS_OF_A_BATCH = 16;

    private ShardCount() {}

    /**
     * Returns S for N x F data: shards of some 64 MiB, 16 at least, and at most one for 16 rows of a batch.
     *
     * @param batchSize rows of a step, or null for the whole data
     */
    public static int of(long rows, int features, Precision precision, @Nullable Long batchSize) {
        double bytes = (double) rows * features * precision.bytes();
        int shards = LEAST;
        while (shards < MOST && bytes / shards > TARGET_BYTES) {
            shards *= 2;
        }
        if (batchSize == null) {
            return shards;
        }
        long batches = Math.max(1, Math.min(rows, batchSize) / ROWS_OF_A_BATCH);
        return (int) Math.min(shards, Long.highestOneBit(batches));
    }
}
