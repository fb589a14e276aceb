package org.sparkgrad.job.shard;

import java.util.Arrays;

/** Rows of all shards as they came, and their order. */
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

    /** Returns the row that stands at a place of the order. */
    int row(int place) {
        return order[place];
    }

    /** Returns the first place of a shard or a later one among S. */
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

    /** Returns about how many bytes it takes. */
    long bytes() {
        return rows.bytes() + (long) Integer.BYTES * order.length;
    }
}
