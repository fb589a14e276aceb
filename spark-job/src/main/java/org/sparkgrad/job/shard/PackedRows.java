package org.sparkgrad.job.shard;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one shard, packed into a few arrays, because millions of small objects make a shuffle slow. Features are in
 * the original scale, as (index, value) pairs: row i has the pairs {@code [starts[i], starts[i + 1])}. The array
 * {@code indices} is null if every row has all F pairs in order.
 */
final class PackedRows implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The bytes of a row without its features: key, label, weight, fold, start. */
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

    /** Returns the approximate number of bytes of the object. */
    long bytes() {
        int entry = (indices == null ? 0 : Integer.BYTES) + (values.floats() == null ? Double.BYTES : Float.BYTES);
        return (long) ROW * rows() + (long) entry * values.length();
    }

    /** Writes the F features of a row; features without a pair are zeros. */
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
     * Returns the sum after adding each feature of a row times its coefficient, in order. The coefficients begin at the
     * offset.
     */
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
     * Compares two rows of equal keys by their content. Each row number has its own key, but two rows may have equal
     * content hashes as keys.
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

    int index(int row, int entry) {
        return indices == null ? entry : indices[starts[row] + entry];
    }

    /** Java's serializer writes one array of bytes at memory speed, and arrays of numbers far more slowly. */
    private Object writeReplace() {
        return PackedBytes.of(this);
    }

    /** The serialized form of the rows: one array of little-endian numbers. */
    private static final class PackedBytes implements Serializable {
        private static final long serialVersionUID = 1L;

        private static final int HEADER = 4 * Integer.BYTES;
        private static final int ROW_BYTES = Long.BYTES + Integer.BYTES + Double.BYTES + Byte.BYTES;

        private final byte[] bytes;

        private PackedBytes(byte[] bytes) {
            this.bytes = bytes;
        }

        static PackedBytes of(PackedRows pack) {
            int rows = pack.rows();
            int count = pack.values.length();
            int[] indices = pack.indices == null ? new int[0] : pack.indices;
            float[] floats = pack.values.floats();
            double[] doubles = pack.values.doubles();
            long size = HEADER + (long) ROW_BYTES * rows + Integer.BYTES * (rows + 1L + indices.length);
            size += (long) (floats == null ? Double.BYTES : Float.BYTES) * count;
            ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
            out.putInt(rows).putInt(count).putInt(pack.indices == null ? 0 : 1).putInt(floats == null ? 0 : 1);
            out.asLongBuffer().put(pack.keys);
            skip(out, Long.BYTES * rows);
            out.asDoubleBuffer().put(pack.weights);
            skip(out, Double.BYTES * rows);
            out.asIntBuffer().put(pack.labels).put(pack.starts).put(indices);
            skip(out, Integer.BYTES * (2 * rows + 1 + indices.length));
            if (floats == null) {
                out.asDoubleBuffer().put(doubles);
            } else {
                out.asFloatBuffer().put(floats);
            }
            skip(out, (floats == null ? Double.BYTES : Float.BYTES) * count);
            out.put(pack.folds);
            return new PackedBytes(out.array());
        }

        private Object readResolve() {
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int rows = in.getInt();
            int count = in.getInt();
            boolean sparse = in.getInt() == 1;
            boolean single = in.getInt() == 1;
            long[] keys = new long[rows];
            in.asLongBuffer().get(keys);
            skip(in, Long.BYTES * rows);
            double[] weights = new double[rows];
            in.asDoubleBuffer().get(weights);
            skip(in, Double.BYTES * rows);
            int[] labels = ints(in, rows);
            int[] starts = ints(in, rows + 1);
            int @Nullable [] indices = sparse ? ints(in, count) : null;
            float @Nullable [] floats = single ? new float[count] : null;
            double[] doubles = new double[single ? 0 : count];
            if (floats == null) {
                in.asDoubleBuffer().get(doubles);
            } else {
                in.asFloatBuffer().get(floats);
            }
            skip(in, (single ? Float.BYTES : Double.BYTES) * count);
            byte[] folds = new byte[rows];
            in.get(folds);
            return new PackedRows(keys, labels, weights, folds, starts, indices, new PackedValues(floats, doubles));
        }

        private static int[] ints(ByteBuffer in, int count) {
            int[] numbers = new int[count];
            in.asIntBuffer().get(numbers);
            skip(in, Integer.BYTES * count);
            return numbers;
        }

        private static void skip(ByteBuffer buffer, int bytes) {
            buffer.position(buffer.position() + bytes);
        }
    }
}
