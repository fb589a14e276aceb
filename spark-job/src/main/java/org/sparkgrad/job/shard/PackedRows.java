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
    static final int ROW = Long.BYTES + Integer.BYTES + Double.BYTES + Byte.BYTES + Integer.BYTES;

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
        int entry = (indices == null ? 0 : Integer.BYTES) + (values.floats() == null ? Double.BYTES : Float.BYTES);
        return (long) ROW * rows() + (long) entry * values.length();
    }

    /** Returns a copy in the order of the keys: a shard, in that order, then reads each of its packs from front to back. */
    PackedRows sorted() {
        PackedRows[] packs = {this};
        return of(packs, KeyOrder.of(packs));
    }

    /** Returns copies of rows of packs, in an order of places as {@link KeyOrder} has them. */
    static PackedRows of(PackedRows[] packs, long[] order) {
        int rows = order.length;
        long[] keys = new long[rows];
        int[] labels = new int[rows];
        double[] weights = new double[rows];
        byte[] folds = new byte[rows];
        int[] starts = new int[rows + 1];
        boolean complete = true;
        for (int i = 0; i < rows; i++) {
            PackedRows pack = packs[(int) (order[i] >>> 32)];
            int row = (int) order[i];
            keys[i] = pack.keys[row];
            labels[i] = pack.labels[row];
            weights[i] = pack.weights[row];
            folds[i] = pack.folds[row];
            starts[i + 1] = starts[i] + pack.starts[row + 1] - pack.starts[row];
            complete &= pack.indices == null;
        }
        int[] indices = complete ? null : gather(packs, order, starts);
        return new PackedRows(keys, labels, weights, folds, starts, indices, PackedValues.gather(packs, order, starts));
    }

    private static int[] gather(PackedRows[] packs, long[] order, int[] starts) {
        int[] gathered = new int[starts[order.length]];
        for (int i = 0; i < order.length; i++) {
            PackedRows pack = packs[(int) (order[i] >>> 32)];
            for (int entry = 0; entry < starts[i + 1] - starts[i]; entry++) {
                gathered[starts[i] + entry] = pack.index((int) order[i], entry);
            }
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

    /** Returns a sum after each feature of a row, in order, times its coefficient from an offset on, was added to it. */
    double add(double sum, int row, double[] coefficients, int offset) {
        double total = sum;
        int start = starts[row];
        for (int i = start; i < starts[row + 1]; i++) {
            int feature = indices == null ? i - start : indices[i];
            total += coefficients[offset + feature] * values.get(i);
        }
        return total;
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
