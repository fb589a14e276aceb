package org.sparkgrad.job.shard;

import java.util.Arrays;

/** The rows of all shards in order of arrival, and their sorted order. */
final class LocalPack {
    private final PackedRows rows;
    private final int[] order;

    LocalPack(PackedRows rows) {
        this.rows = rows;
        this.order =
                Arrays.stream(KeyOrder.of(rows)).mapToInt(place -> (int) place).toArray();
    }

    PackedRows rows() {
        return rows;
    }

    /** Returns the row at a place of the sorted order. */
    int row(int place) {
        return order[place];
    }

    /** Returns the first place of rows of this shard, or of a later one, among S shards. */
    int firstOf(int shard, int shards) {
        int from = 0;
        int to = order.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (ShardKey.shard(rows.keys[order[middle]], shards) < shard) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Returns the approximate number of bytes of the object. */
    long bytes() {
        return rows.bytes() + (long) Integer.BYTES * order.length;
    }
}
