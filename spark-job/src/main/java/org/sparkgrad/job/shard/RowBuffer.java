package org.sparkgrad.job.shard;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SparseVector;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.assemble.Instance;

/** Buffers rows until they are packed. The arrays grow, and are reused for the next pack. */
final class RowBuffer {
    /** The capacity in numbers of a pack that takes over the arrays: 4 MB in single precision. */
    private static final int TAKEN = 1_000_000;

    private int rows;
    private int count;
    private boolean complete = true;
    private long[] keys = new long[16];
    private int[] labels = new int[16];
    private double[] weights = new double[16];
    private byte[] folds = new byte[16];
    private int[] starts = new int[17];
    private int[] indices = new int[0];

    /** The numbers, as long as all of them fit single precision. */
    private float @Nullable [] floats = new float[256];

    private double[] doubles = new double[0];

    boolean isEmpty() {
        return rows == 0;
    }

    /** Appends a row and returns how many numbers were added. */
    int add(long key, Instance instance) {
        growRows();
        keys[rows] = key;
        labels[rows] = instance.label();
        weights[rows] = instance.weight();
        folds[rows] = (byte) instance.fold();
        double[] values = instance.features() instanceof SparseVector sparse
                ? sparse.values()
                : instance.features().toArray();
        if (instance.features() instanceof SparseVector sparse && values.length < sparse.size()) {
            indexEarlierRows();
            indices = room(indices, count + values.length);
            System.arraycopy(sparse.indices(), 0, indices, count, values.length);
        } else if (!complete) {
            index(count, values.length);
        }
        append(values);
        rows++;
        starts[rows] = count;
        return values.length + 4;
    }

    private void append(double[] row) {
        int end = count + row.length;
        if (floats != null) {
            floats = end <= floats.length ? floats : Arrays.copyOf(floats, Math.max(larger(floats.length), end));
            if (!PackedValues.narrow(row, floats, count)) {
                doubles = widened(floats, count);
                floats = null;
            }
        }
        if (floats == null) {
            doubles = end <= doubles.length ? doubles : Arrays.copyOf(doubles, Math.max(larger(doubles.length), end));
            System.arraycopy(row, 0, doubles, count, row.length);
        }
        count = end;
    }

    /** Returns the next length of an array; the length of a whole pack is never skipped. */
    private static int larger(int length) {
        return length < TAKEN ? Math.min(2 * length, TAKEN) : 2 * length;
    }

    private static double[] widened(float[] floats, int count) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < count; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    /**
     * Adds indices for the earlier rows, all of which have all features, when the first row without all features
     * arrives.
     */
    private void indexEarlierRows() {
        for (int row = 0; complete && row < rows; row++) {
            index(starts[row], starts[row + 1] - starts[row]);
        }
        complete = false;
    }

    private void index(int start, int features) {
        indices = room(indices, start + features);
        for (int j = 0; j < features; j++) {
            indices[start + j] = j;
        }
    }

    private static int[] room(int[] numbers, int length) {
        return length <= numbers.length ? numbers : Arrays.copyOf(numbers, Math.max(2 * numbers.length, length));
    }

    private void growRows() {
        if (rows == keys.length) {
            keys = Arrays.copyOf(keys, 2 * rows);
            labels = Arrays.copyOf(labels, 2 * rows);
            weights = Arrays.copyOf(weights, 2 * rows);
            folds = Arrays.copyOf(folds, 2 * rows);
            starts = Arrays.copyOf(starts, 2 * rows + 1);
        }
    }

    /**
     * Returns whether a pack that takes over the arrays has room for the instance; an empty buffer has room for any
     * instance.
     */
    boolean hasRoom(Instance instance) {
        return rows == 0 || count + instance.features().numActives() <= TAKEN;
    }

    /**
     * Returns the rows in order of arrival and empties the buffer. Full arrays of numbers are handed over without a
     * copy.
     */
    PackedRows take() {
        PackedRows taken = new PackedRows(
                Arrays.copyOf(keys, rows),
                Arrays.copyOf(labels, rows),
                Arrays.copyOf(weights, rows),
                Arrays.copyOf(folds, rows),
                Arrays.copyOf(starts, rows + 1),
                complete ? null : Arrays.copyOf(indices, count),
                values());
        rows = 0;
        count = 0;
        complete = true;
        return taken;
    }

    private PackedValues values() {
        int length = floats == null ? doubles.length : floats.length;
        if (count < length - length / 8) {
            return floats == null
                    ? new PackedValues(null, Arrays.copyOf(doubles, count))
                    : new PackedValues(Arrays.copyOf(floats, count), new double[0]);
        }
        PackedValues values = new PackedValues(floats, doubles);
        if (floats == null) {
            doubles = new double[length];
        } else {
            floats = new float[length];
        }
        return values;
    }

    /** Returns the rows in the order of their keys and empties the buffer. */
    PackedRows pack() {
        PackedRows packed = PackMerge.sorted(new PackedRows(
                Arrays.copyOf(keys, rows),
                labels,
                weights,
                folds,
                starts,
                complete ? null : indices,
                new PackedValues(floats, doubles)));
        rows = 0;
        count = 0;
        complete = true;
        return packed;
    }
}
