package org.sparkgrad.job.shard;

import org.sparkgrad.job.assemble.RowBatch;

/**
 * Rows of all shards in the order of their keys, so that the rows of a shard follow one another.
 *
 * @param rows the rows, with their keys
 */
record LocalPack(RowBatch rows) {
    /**
     * Sorts rows, while they are in the processor's cache, unless they are in order.
     *
     * @param batch the rows, with their numbers
     */
    static LocalPack of(RowBatch batch, long seed) {
        long[] keys = ShardKey.of(seed, batch.ids());
        RowBatch rows = batch.withIds(keys);
        return new LocalPack(KeyOrder.isSorted(keys) ? rows : PackMerge.sorted(rows));
    }

    /** Returns the first row of this shard, or of a later one, among S shards. */
    int firstOf(int shard, int shards) {
        int from = 0;
        int to = rows.rows();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (ShardKey.shard(rows.ids()[middle], shards) < shard) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Returns the approximate number of bytes of the object. */
    long bytes() {
        return rows.bytes();
    }
}
