package org.sparkgrad.job.shard;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;

/**
 * Chooses S, the number of logical shards. S is a power of two that follows from the size of the data and the batch
 * size. S does not depend on cores, executors or file splits, so every cluster sums in the same order.
 */
public final class ShardCount {
    private static final int LEAST = 16;
    private static final int MOST = 4096;

    /** Small enough that a task can create or read a shard in the smallest heap that Spark accepts. */
    private static final long TARGET_BYTES = 16L << 20;

    private static final int ROWS_OF_A_BATCH = 16;

    private ShardCount() {}

    /**
     * Returns S: shards of about 16 MiB, at least 16 shards, and at most one shard for each 16 rows of a batch.
     *
     * @param size the size of all rows
     * @param batchSize the rows of a step, or null for all rows
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
