package org.sparkgrad.gpu.engine.opencl;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.SparseBlock;

/**
 * The one value that each column holds where it holds any, as with features that are present or absent, scaled or not.
 * Such blocks need no values on the device: the column's value goes into the coefficient and the sum. Whether a block
 * is such a one depends on the block alone, so its bits do not depend on its neighbours.
 */
final class ColumnValues {
    /** Entries of a column, on average, from which on it pays; below, nearly every block would look like this. */
    private static final int MIN_ENTRIES = 2;

    private final double[] values;

    private ColumnValues(double[] values) {
        this.values = values;
    }

    /** Returns a block's, or null if a column holds two values, one that is no number, or hardly any. */
    static @Nullable ColumnValues of(SparseBlock block) {
        double[] values = new double[block.features()];
        Arrays.fill(values, Double.NaN);
        int columns = 0;
        for (int row = 0; row < block.rows(); row++) {
            for (int e = 0; e < block.entries(row); e++) {
                int feature = block.entryFeature(row, e);
                double value = block.entryValue(row, e);
                if (Double.isNaN(values[feature])) {
                    values[feature] = value;
                    columns++;
                }
                if (values[feature] != value) {
                    return null;
                }
            }
        }
        return block.indices().length < MIN_ENTRIES * Math.max(1, columns) ? null : new ColumnValues(values);
    }

    /** Returns those of two blocks, or null if they differ in a column. */
    @Nullable
    ColumnValues with(ColumnValues other) {
        double[] together = values.clone();
        for (int j = 0; j < together.length; j++) {
            if (Double.isNaN(together[j])) {
                together[j] = other.values[j];
            } else if (!Double.isNaN(other.values[j]) && together[j] != other.values[j]) {
                return null;
            }
        }
        return new ColumnValues(together);
    }

    /** Returns a column's value; 1 for a column without entries. */
    double value(int feature) {
        return Double.isNaN(values[feature]) ? 1 : values[feature];
    }
}
