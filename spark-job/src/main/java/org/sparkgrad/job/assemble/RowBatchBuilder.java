package org.sparkgrad.job.assemble;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SparseVector;
import org.jspecify.annotations.Nullable;

/** Collects rows to batches. The arrays grow, and are used again for the next batch. */
public final class RowBatchBuilder {
    /** The capacity in numbers of a batch that takes over the arrays: 4 MB in single precision. */
    private static final int TAKEN = 1_000_000;

    private int rows;
    private int count;
    private boolean complete = true;
    private long[] ids = new long[16];
    private int[] labels = new int[16];
    private double[] weights = new double[16];
    private byte[] folds = new byte[16];
    private int[] starts = new int[17];
    private int[] indices = new int[0];
    /** The numbers, as long as all of them fit single precision. */
    private float @Nullable [] floats = new float[256];

    private double[] doubles = new double[0];

    /** Returns whether there is no row. */
    public boolean isEmpty() {
        return rows == 0;
    }

    /** Appends a row; the caller may change the row later. */
    public void add(Instance instance) {
        double[] values = instance.features() instanceof SparseVector sparse
                ? sparse.values()
                : instance.features().toArray();
        int[] places = instance.features() instanceof SparseVector sparse && values.length < sparse.size()
                ? sparse.indices()
                : null;
        add(
                instance.rowNumber(),
                instance.label(),
                instance.weight(),
                (byte) instance.fold(),
                places,
                values,
                values.length);
    }

    /**
     * Appends a row; the caller may change the arrays later.
     *
     * @param places the features of the numbers, in ascending order; null for all features in order
     * @param values the numbers
     * @param length how many numbers of the arrays are the row's
     */
    public void add(
            long id, int label, double weight, byte fold, int @Nullable [] places, double[] values, int length) {
        begin(id, label, weight, fold);
        index(places, 0, length);
        append(values, 0, length);
        end();
    }

    /**
     * Appends a row of a batch.
     *
     * @param id the id of the row here
     * @return how many numbers were added
     */
    public int add(long id, RowBatch batch, int row) {
        begin(id, batch.labels()[row], batch.weights()[row], batch.folds()[row]);
        int from = batch.starts()[row];
        int length = batch.starts()[row + 1] - from;
        index(batch.indices(), from, length);
        float[] singles = batch.values().floats();
        if (singles == null) {
            append(batch.values().doubles(), from, length);
        } else {
            append(singles, from, length);
        }
        end();
        return length + 4;
    }

    private void begin(long id, int label, double weight, byte fold) {
        growRows();
        ids[rows] = id;
        labels[rows] = label;
        weights[rows] = weight;
        folds[rows] = fold;
    }

    private void end() {
        rows++;
        starts[rows] = count;
    }

    /** Stores the features of the next numbers; no places stand for all features in order. */
    private void index(int @Nullable [] places, int from, int length) {
        if (places != null) {
            indexEarlierRows();
            indices = room(indices, count + length);
            System.arraycopy(places, from, indices, count, length);
        } else if (!complete) {
            index(count, length);
        }
    }

    private void append(double[] row, int from, int length) {
        int end = count + length;
        if (floats != null) {
            floats = room(floats, end);
            if (!RowValues.narrow(row, from, length, floats, count)) {
                doubles = widened(floats, count);
                floats = null;
            }
        }
        if (floats == null) {
            doubles = room(doubles, end);
            System.arraycopy(row, from, doubles, count, length);
        }
        count = end;
    }

    private void append(float[] row, int from, int length) {
        int end = count + length;
        if (floats != null) {
            floats = room(floats, end);
            System.arraycopy(row, from, floats, count, length);
        } else {
            doubles = room(doubles, end);
            for (int i = 0; i < length; i++) {
                doubles[count + i] = row[from + i];
            }
        }
        count = end;
    }

    private static float[] room(float[] numbers, int length) {
        return length <= numbers.length ? numbers : Arrays.copyOf(numbers, Math.max(larger(numbers.length), length));
    }

    private static double[] room(double[] numbers, int length) {
        return length <= numbers.length ? numbers : Arrays.copyOf(numbers, Math.max(larger(numbers.length), length));
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
        if (rows == ids.length) {
            ids = Arrays.copyOf(ids, 2 * rows);
            labels = Arrays.copyOf(labels, 2 * rows);
            weights = Arrays.copyOf(weights, 2 * rows);
            folds = Arrays.copyOf(folds, 2 * rows);
            starts = Arrays.copyOf(starts, 2 * rows + 1);
        }
    }

    /**
     * Returns whether a pack that takes over the arrays has room for a row of so many numbers; an empty buffer has room
     * for any row.
     */
    public boolean hasRoom(int numbers) {
        return rows == 0 || count + numbers <= TAKEN;
    }

    /**
     * Returns the rows in order of arrival and empties the buffer. Full arrays of numbers are handed over without a
     * copy.
     */
    public RowBatch take() {
        RowBatch taken = new RowBatch(
                Arrays.copyOf(ids, rows),
                Arrays.copyOf(labels, rows),
                Arrays.copyOf(weights, rows),
                Arrays.copyOf(folds, rows),
                Arrays.copyOf(starts, rows + 1),
                complete ? null : Arrays.copyOf(indices, count),
                values());
        clear();
        return taken;
    }

    private RowValues values() {
        int length = floats == null ? doubles.length : floats.length;
        if (count < length - length / 8) {
            return floats == null
                    ? new RowValues(null, Arrays.copyOf(doubles, count))
                    : new RowValues(Arrays.copyOf(floats, count), new double[0]);
        }
        RowValues values = new RowValues(floats, doubles);
        if (floats == null) {
            doubles = new double[length];
        } else {
            floats = new float[length];
        }
        return values;
    }

    /** Returns the rows, valid until the next row is added; the arrays of the result may be longer than its rows. */
    public RowBatch view() {
        return new RowBatch(
                Arrays.copyOf(ids, rows),
                labels,
                weights,
                folds,
                starts,
                complete ? null : indices,
                new RowValues(floats, doubles));
    }

    /** Removes all rows. */
    public void clear() {
        rows = 0;
        count = 0;
        complete = true;
    }
}
