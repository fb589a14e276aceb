package org.sparkgrad.job.shard;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way to one shard, packed into a few arrays because millions of small objects are what makes a shuffle
 * slow. Features are in the original scale, as (index, value) pairs: row i has the pairs
 * {@code [starts[i], starts[i + 1])}, and {@code indices} is null when every row has all F of
 * them in order.
 */
final class PackedRows implements Serializable {
    private static final long serialVersionUID = 1L;

    final long[] keys;
    final int[] labels;
    final double[] weights;
    final int[] starts;
    final int @Nullable [] indices;
    final double[] values;

    PackedRows(long[] keys, int[] labels, double[] weights, int[] starts, int @Nullable [] indices, double[] values) {
        this.keys = keys;
        this.labels = labels;
        this.weights = weights;
        this.starts = starts;
        this.indices = indices;
        this.values = values;
    }

    int rows() {
        return keys.length;
    }
}
