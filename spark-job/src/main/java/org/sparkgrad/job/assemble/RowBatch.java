package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some rows as a few arrays: millions of small objects would make every stage slow. Features are in the original scale,
 * as (index, value) pairs: row i has the pairs {@code [starts[i], starts[i + 1])}. The arrays are not copied.
 */
public final class RowBatch implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The bytes of a row without its features: id, label, weight, fold, start. */
    public static final int ROW = Long.BYTES + Integer.BYTES + Double.BYTES + Byte.BYTES + Integer.BYTES;

    private final long[] ids;
    private final int[] labels;
    private final double[] weights;
    private final byte[] folds;
    private final int[] starts;
    private final int @Nullable [] indices;
    /** Not written as a field: {@link PackedBytes} stands for the whole object. */
    private final transient RowValues values;

    /**
     * @param ids the number of each row; in a shard, the key that the number and the seed make
     * @param labels the class index of each row
     * @param weights the instance weight of each row
     * @param folds the fold of each row in cross-validation, else 0
     * @param starts the index of each row's first pair, and the end of the last row's
     * @param indices the feature of each pair; null if every row has all F pairs in order
     * @param values the value of each pair
     */
    public RowBatch(
            long[] ids,
            int[] labels,
            double[] weights,
            byte[] folds,
            int[] starts,
            int @Nullable [] indices,
            RowValues values) {
        this.ids = ids;
        this.labels = labels;
        this.weights = weights;
        this.folds = folds;
        this.starts = starts;
        this.indices = indices;
        this.values = values;
    }

    public long[] ids() {
        return ids;
    }

    public int[] labels() {
        return labels;
    }

    public double[] weights() {
        return weights;
    }

    public byte[] folds() {
        return folds;
    }

    public int[] starts() {
        return starts;
    }

    public int @Nullable [] indices() {
        return indices;
    }

    public RowValues values() {
        return values;
    }

    /** Returns the number of rows. */
    public int rows() {
        return ids.length;
    }

    /** Returns the approximate number of bytes of the object. */
    public long bytes() {
        int entry = (indices == null ? 0 : Integer.BYTES) + (values.floats() == null ? Double.BYTES : Float.BYTES);
        return (long) ROW * rows() + (long) entry * values.length();
    }

    /** Returns how many features of all rows are not 0. */
    public long nonzeros() {
        return values.nonzeros(0, starts[rows()]);
    }

    /** Returns rows that all have F features in order. */
    public static RowBatch dense(long[] ids, int[] labels, double[] weights, int features, RowValues values) {
        return new RowBatch(
                ids, labels, weights, new byte[ids.length], denseStarts(ids.length, features), null, values);
    }

    /** Returns the starts of rows that all have F features. */
    static int[] denseStarts(int rows, int features) {
        int[] starts = new int[rows + 1];
        for (int i = 1; i <= rows; i++) {
            starts[i] = starts[i - 1] + features;
        }
        return starts;
    }

    /** Returns the same rows with other ids. */
    public RowBatch withIds(long[] others) {
        return new RowBatch(others, labels, weights, folds, starts, indices, values);
    }

    /** Writes the F features of a row; features without a pair are zeros. */
    public void copy(int row, double[] features) {
        int start = starts[row];
        int end = starts[row + 1];
        if (indices == null) {
            values.copy(start, features);
            return;
        }
        Arrays.fill(features, 0);
        for (int i = start; i < end; i++) {
            features[indices[i]] = values.get(i);
        }
    }

    /**
     * Returns the sum after adding each feature of a row times its coefficient, in order. The coefficients begin at the
     * offset.
     */
    public double add(double sum, int row, double[] coefficients, int offset) {
        double total = sum;
        int start = starts[row];
        for (int i = start; i < starts[row + 1]; i++) {
            int feature = indices == null ? i - start : indices[i];
            total += coefficients[offset + feature] * values.get(i);
        }
        return total;
    }

    /**
     * Compares two rows of equal ids by their content. Each row number has its own key, but two rows may have equal
     * content hashes as ids.
     */
    public static int compare(RowBatch a, int i, RowBatch b, int j) {
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

    /** Returns the feature of an entry of a row. */
    public int index(int row, int entry) {
        return indices == null ? entry : indices[starts[row] + entry];
    }

    /** Java's serializer writes one array of bytes at memory speed, and arrays of numbers far more slowly. */
    private Object writeReplace() {
        return PackedBytes.of(this);
    }

    /**
     * The bytes of rows, little-endian: number of rows, of pairs, and flags; ids, weights, labels, starts, indices, values and
     * folds. Weights that are all 1, folds that are all 0, and the starts of rows with all features are left out.
     */
    private static final class PackedBytes implements Serializable {
        private static final int HEADER = 3 * Integer.BYTES;
        private static final int SPARSE = 1;
        private static final int SINGLE = 2;
        private static final int WEIGHTED = 4;
        private static final int FOLDED = 8;

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        private PackedBytes(byte[] bytes) {
            this.bytes = bytes;
        }

        static PackedBytes of(RowBatch batch) {
            int rows = batch.rows();
            int count = batch.starts()[rows];
            float[] floats = batch.values().floats();
            int[] indices = batch.indices();
            boolean weighted = Arrays.stream(batch.weights(), 0, rows).anyMatch(weight -> weight != 1);
            boolean folded = false;
            for (int row = 0; row < rows; row++) {
                folded |= batch.folds()[row] != 0;
            }
            long size = HEADER + (long) (Long.BYTES + Integer.BYTES) * rows;
            size += weighted ? (long) Double.BYTES * rows : 0;
            size += indices == null ? 0 : Integer.BYTES * (rows + 1L + count);
            size += (long) (floats == null ? Double.BYTES : Float.BYTES) * count;
            size += folded ? rows : 0;
            ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
            out.putInt(rows).putInt(count);
            out.putInt((indices == null ? 0 : SPARSE)
                    | (floats == null ? 0 : SINGLE)
                    | (weighted ? WEIGHTED : 0)
                    | (folded ? FOLDED : 0));
            out.asLongBuffer().put(batch.ids(), 0, rows);
            skip(out, Long.BYTES * rows);
            if (weighted) {
                out.asDoubleBuffer().put(batch.weights(), 0, rows);
                skip(out, Double.BYTES * rows);
            }
            put(out, batch.labels(), rows);
            if (indices != null) {
                put(out, batch.starts(), rows + 1);
                put(out, indices, count);
            }
            if (floats == null) {
                out.asDoubleBuffer().put(batch.values().doubles(), 0, count);
            } else {
                out.asFloatBuffer().put(floats, 0, count);
            }
            skip(out, (floats == null ? Double.BYTES : Float.BYTES) * count);
            if (folded) {
                out.put(batch.folds(), 0, rows);
            }
            return new PackedBytes(out.array());
        }

        private Object readResolve() {
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int rows = in.getInt();
            int count = in.getInt();
            int flags = in.getInt();
            long[] ids = new long[rows];
            in.asLongBuffer().get(ids);
            skip(in, Long.BYTES * rows);
            double[] weights = new double[rows];
            if ((flags & WEIGHTED) != 0) {
                in.asDoubleBuffer().get(weights);
                skip(in, Double.BYTES * rows);
            } else {
                Arrays.fill(weights, 1);
            }
            int[] labels = ints(in, rows);
            boolean sparse = (flags & SPARSE) != 0;
            int[] starts = sparse ? ints(in, rows + 1) : denseStarts(rows, rows == 0 ? 0 : count / rows);
            int @Nullable [] indices = sparse ? ints(in, count) : null;
            boolean single = (flags & SINGLE) != 0;
            float @Nullable [] floats = single ? new float[count] : null;
            double[] doubles = new double[single ? 0 : count];
            if (floats == null) {
                in.asDoubleBuffer().get(doubles);
            } else {
                in.asFloatBuffer().get(floats);
            }
            skip(in, (single ? Float.BYTES : Double.BYTES) * count);
            byte[] folds = new byte[rows];
            if ((flags & FOLDED) != 0) {
                in.get(folds);
            }
            return new RowBatch(ids, labels, weights, folds, starts, indices, new RowValues(floats, doubles));
        }

        private static void put(ByteBuffer out, int[] numbers, int count) {
            out.asIntBuffer().put(numbers, 0, count);
            skip(out, Integer.BYTES * count);
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
