package org.sparkgrad.gpu.block;

import org.jspecify.annotations.Nullable;

/**
 * A block of N x F features that holds Z of them, in compressed rows: row i is the entries [starts[i], starts[i + 1]) of
 * {@code indices} and of the values. All other features are zero.
 */
public final class SparseBlock implements Block {
    private static final long serialVersionUID = 1L;

    private static final int MAX_ROWS = 1 << 16;
    private static final int MIN_ROWS = 1 << 12;
    private static final int FEATURES_PER_ROW = 8;

    private final int rows;
    private final int features;
    private final int[] starts;
    private final int[] indices;
    private final float @Nullable [] floats;
    private final double @Nullable [] doubles;
    private final float[] labels;
    private final double[] weights;
    private final double weightSum;

    private SparseBlock(
            int features,
            int[] starts,
            int[] indices,
            float @Nullable [] floats,
            double @Nullable [] doubles,
            int values,
            float[] labels,
            double[] weights) {
        this.rows = labels.length;
        this.features = features;
        this.starts = starts;
        this.indices = indices;
        this.floats = floats;
        this.doubles = doubles;
        this.labels = labels;
        this.weights = weights;
        this.weightSum = Block.weightSum(weights, 0, weights.length);
        if (weights.length != rows || starts.length != rows + 1 || indices.length != values) {
            throw new IllegalArgumentException(
                    "a block of %d labels has %d weights, %d starts, %d indices and %d values"
                            .formatted(rows, weights.length, starts.length, indices.length, values));
        }
        checkRows();
    }

    /**
     * Returns a block in single precision over the given arrays, which are not copied.
     *
     * @param features F, the number of columns
     * @param starts N + 1, where each row starts among the entries, and Z
     * @param indices Z features from 0, ascending in each row
     * @param values Z, their values
     * @param labels N class indices
     * @param weights N instance weights
     * @throws IllegalArgumentException if the lengths do not fit together, starts decrease, or a row's features do not
     *     ascend within [0, F)
     */
    public static SparseBlock ofFloats(
            int features, int[] starts, int[] indices, float[] values, float[] labels, double[] weights) {
        return new SparseBlock(features, starts, indices, values, null, values.length, labels, weights);
    }

    /** Returns a block in double precision; the arguments are those of {@link #ofFloats}. */
    public static SparseBlock ofDoubles(
            int features, int[] starts, int[] indices, double[] values, float[] labels, double[] weights) {
        return new SparseBlock(features, starts, indices, null, values, values.length, labels, weights);
    }

    /**
     * Returns how many rows each block of a shard has, except the last: a function of F alone. To sum a block, an engine
     * visits each column that has entries, up to F of them. A block of F / 8 rows with 8 entries each has F entries, so
     * there are no more visits than entries, however wide the data are. The result is at least {@value #MIN_ROWS}, because
     * each block costs launches and tables, and at most {@value #MAX_ROWS}, so that the multipliers of a block stay in the
     * cache.
     */
    public static int rowsFor(int features) {
        return Math.max(MIN_ROWS, Math.min(MAX_ROWS, Integer.highestOneBit(Math.max(1, features / FEATURES_PER_ROW))));
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int features() {
        return features;
    }

    @Override
    public Precision precision() {
        return floats != null ? Precision.FLOAT : Precision.DOUBLE;
    }

    /** Returns the N + 1 bounds of the rows among the entries, not a copy. */
    public int[] starts() {
        return starts;
    }

    /** Returns the features of the Z entries, not a copy. */
    public int[] indices() {
        return indices;
    }

    /** Returns the values of the Z entries of a single-precision block, not a copy. */
    public float[] floats() {
        if (floats == null) {
            throw new IllegalStateException("this block holds doubles");
        }
        return floats;
    }

    /** Returns the values of the Z entries of a double-precision block, not a copy. */
    public double[] doubles() {
        if (doubles == null) {
            throw new IllegalStateException("this block holds floats");
        }
        return doubles;
    }

    @Override
    public float[] labels() {
        return labels;
    }

    @Override
    public double[] weights() {
        return weights;
    }

    @Override
    public double weightSum() {
        return weightSum;
    }

    @Override
    public SparseBlock weighted(double[] other) {
        return new SparseBlock(features, starts, indices, floats, doubles, indices.length, labels, other);
    }

    @Override
    public int entries(int row) {
        return starts[row + 1] - starts[row];
    }

    @Override
    public int entryFeature(int row, int entry) {
        return indices[starts[row] + entry];
    }

    @Override
    public double entryValue(int row, int entry) {
        int index = starts[row] + entry;
        return floats != null ? floats[index] : doubles()[index];
    }

    private void checkRows() {
        if (starts[0] != 0 || starts[rows] != indices.length) {
            throw new IllegalArgumentException("rows start at %d and end at %d, not at 0 and %d"
                    .formatted(starts[0], starts[rows], indices.length));
        }
        for (int row = 0; row < rows; row++) {
            if (starts[row + 1] < starts[row] || starts[row + 1] > indices.length) {
                throw new IllegalArgumentException(
                        "row %d is the entries [%d, %d)".formatted(row, starts[row], starts[row + 1]));
            }
            int previous = -1;
            for (int e = starts[row]; e < starts[row + 1]; e++) {
                if (indices[e] <= previous || indices[e] >= features) {
                    throw new IllegalArgumentException(
                            "row %d has feature %d after %d; F is %d".formatted(row, indices[e], previous, features));
                }
                previous = indices[e];
            }
        }
    }
}
