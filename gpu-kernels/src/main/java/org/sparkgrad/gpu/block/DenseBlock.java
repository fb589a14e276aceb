package org.sparkgrad.gpu.block;

import org.jspecify.annotations.Nullable;

/** A block that holds all its N x F features, in row-major order. */
public final class DenseBlock implements Block {
    private static final long serialVersionUID = 1L;

    /** Just under 1 MiB of floats: such an array fills one small region of the G1 collector. */
    private static final int MAX_VALUES = (1 << 18) - 8;

    private static final int MAX_ROWS = 4096;
    private static final int MIN_ROWS = 32;

    private final int rows;
    private final int features;
    private final float @Nullable [] floats;
    private final double @Nullable [] doubles;
    private final float[] labels;
    private final double[] weights;
    private final double weightSum;

    private DenseBlock(
            int features,
            float @Nullable [] floats,
            double @Nullable [] doubles,
            int values,
            float[] labels,
            double[] weights) {
        this.rows = labels.length;
        this.features = features;
        this.floats = floats;
        this.doubles = doubles;
        this.labels = labels;
        this.weights = weights;
        this.weightSum = Block.weightSum(weights, 0, weights.length);
        if (weights.length != rows || (long) rows * features != values) {
            throw new IllegalArgumentException("a block of %d labels and %d features has %d weights and %d values"
                    .formatted(rows, features, weights.length, values));
        }
    }

    /**
     * Returns a block in single precision over the given arrays, which are not copied.
     *
     * @param features F, the number of columns
     * @param values N x F, row-major
     * @param labels N class indices
     * @param weights N instance weights
     * @throws IllegalArgumentException if the lengths do not fit together
     */
    public static DenseBlock ofFloats(int features, float[] values, float[] labels, double[] weights) {
        return new DenseBlock(features, values, null, values.length, labels, weights);
    }

    /** Returns a block in double precision; the arguments are those of {@link #ofFloats}. */
    public static DenseBlock ofDoubles(int features, double[] values, float[] labels, double[] weights) {
        return new DenseBlock(features, null, values, values.length, labels, weights);
    }

    /** Returns how many rows each block of a shard has, except the last: a function of F alone. */
    public static int rowsFor(int features) {
        int fit = MAX_VALUES / Math.max(1, features) / MIN_ROWS * MIN_ROWS;
        return Math.max(MIN_ROWS, Math.min(MAX_ROWS, fit));
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

    /** Returns the N x F features of a single-precision block, not a copy. */
    public float[] floats() {
        if (floats == null) {
            throw new IllegalStateException("this block holds doubles");
        }
        return floats;
    }

    /** Returns the N x F features of a double-precision block, not a copy. */
    public double[] doubles() {
        if (doubles == null) {
            throw new IllegalStateException("this block holds floats");
        }
        return doubles;
    }

    /** Returns one feature of one row, in either format. */
    public double value(int row, int feature) {
        int index = row * features + feature;
        return floats != null ? floats[index] : doubles()[index];
    }

    @Override
    public DenseBlock weighted(double[] other) {
        return new DenseBlock(features, floats, doubles, rows * features, labels, other);
    }

    @Override
    public int entries(int row) {
        return features;
    }

    @Override
    public int entryFeature(int row, int entry) {
        return entry;
    }

    @Override
    public double entryValue(int row, int entry) {
        return value(row, entry);
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
}
