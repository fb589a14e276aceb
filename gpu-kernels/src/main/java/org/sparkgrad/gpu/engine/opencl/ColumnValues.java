package org.sparkgrad.gpu.engine.opencl;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.SparseBlock;

/**
 * The values of the columns of a sparse block in which all entries of a column have the same value, as with one-hot
 * features. The device needs no values of such a block: coefficients and sums are multiplied by the column's value instead.
 * Whether a block is of this kind depends on the block alone, so its bits do not depend on other blocks.
 */
final class ColumnValues {
    /** The smallest average number of entries a column; with fewer, nearly every block would be of this kind. */
    private static final int MIN_ENTRIES = 2;

    private final double[] values;

    private ColumnValues(double[] values) {
        this.values = values;
    }

    /** Returns a block's values, or null if a column has two values or NaN, or columns have too few entries. */
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

    /** Returns the values of this and another block together, or null if the two differ in a column. */
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
