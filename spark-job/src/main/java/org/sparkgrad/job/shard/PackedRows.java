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

    /** Bytes of a row beside its features: key, label, weight, fold, start. */
    private static final long ROW = Long.BYTES + Integer.BYTES + Double.BYTES + Byte.BYTES + Integer.BYTES;

    final long[] keys;
    final int[] labels;
    final double[] weights;
    final byte[] folds;
    final int[] starts;
    final int @Nullable [] indices;
    final PackedValues values;

    PackedRows(
            long[] keys,
            int[] labels,
            double[] weights,
            byte[] folds,
            int[] starts,
            int @Nullable [] indices,
            PackedValues values) {
        this.keys = keys;
        this.labels = labels;
        this.weights = weights;
        this.folds = folds;
        this.starts = starts;
        this.indices = indices;
        this.values = values;
    }

    int rows() {
        return keys.length;
    }

    /** Returns about how many bytes it takes. */
    long bytes() {
        long entry = (indices == null ? 0 : Integer.BYTES) + (values.floats() == null ? Double.BYTES : Float.BYTES);
        return ROW * rows() + entry * values.count();
    }

    /** Returns the first row of a shard or a later one among S, of rows in the order of their keys. */
    int firstOf(int shard, int shards) {
        int from = 0;
        int to = rows();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (ShardKey.shard(keys[middle], shards) < shard) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Returns a copy in the order of the keys: a shard, in that order, then reads each of its packs from front to back. */
    PackedRows sorted() {
        long[] order = KeyOrder.of(new PackedRows[] {this});
        int rows = rows();
        long[] sortedKeys = new long[rows];
        int[] sortedLabels = new int[rows];
        double[] sortedWeights = new double[rows];
        byte[] sortedFolds = new byte[rows];
        int[] sortedStarts = new int[rows + 1];
        int[] from = new int[rows];
        for (int i = 0; i < rows; i++) {
            int row = (int) order[i];
            sortedKeys[i] = keys[row];
            sortedLabels[i] = labels[row];
            sortedWeights[i] = weights[row];
            sortedFolds[i] = folds[row];
            sortedStarts[i + 1] = sortedStarts[i] + starts[row + 1] - starts[row];
            from[i] = starts[row];
        }
        return new PackedRows(
                sortedKeys,
                sortedLabels,
                sortedWeights,
                sortedFolds,
                sortedStarts,
                indices == null ? null : gather(indices, from, sortedStarts),
                values.gather(from, sortedStarts));
    }

    private static int[] gather(int[] indices, int[] from, int[] starts) {
        int[] gathered = new int[starts[from.length]];
        for (int i = 0; i < from.length; i++) {
            System.arraycopy(indices, from[i], gathered, starts[i], starts[i + 1] - starts[i]);
        }
        return gathered;
    }

    /** Writes the F features of a row, zeros where it has none. */
    void copy(int row, double[] features) {
        int start = starts[row];
        int end = starts[row + 1];
        if (indices == null) {
            values.copy(start, features);
            return;
        }
        java.util.Arrays.fill(features, 0);
        for (int i = start; i < end; i++) {
            features[indices[i]] = values.get(i);
        }
    }

    /**
     * Orders two rows by what is in them, for keys that are equal: a row number has its own key, but a hash of the content
     * may be that of two rows.
     */
    static int compare(PackedRows a, int i, PackedRows b, int j) {
        int order = Integer.compare(a.labels[i], b.labels[j]);
        order = order != 0 ? order : Double.compare(a.weights[i], b.weights[j]);
        order = order != 0 ? order : Byte.compare(a.folds[i], b.folds[j]);
        int length = a.starts[i + 1] - a.starts[i];
        order = order != 0 ? order : Integer.compare(length, b.starts[j + 1] - b.starts[j]);
        for (int k = 0; k < length && order == 0; k++) {
            order = Integer.compare(a.index(i, k), b.index(j, k));
            order = order != 0 ? order : Double.compare(a.values.get(a.starts[i] + k), b.values.get(b.starts[j] + k));
        }
        return order;
    }

    private int index(int row, int entry) {
        return indices == null ? entry : indices[starts[row] + entry];
    }

    /** Java's serializer writes one array of bytes at the speed of memory, and arrays of numbers far slower. */
    private Object writeReplace() {
        return PackedBytes.of(this);
    }
}
