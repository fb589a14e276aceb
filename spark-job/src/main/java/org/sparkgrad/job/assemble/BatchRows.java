package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;

/**
 * Reads rows of batches of columns together. The columns are those of the features, the label, and the weight if there is
 * one.
 *
 * @param features the reader of the features
 * @param label the place of the label
 * @param weighted whether the weight follows the label
 */
record BatchRows(BatchFeatures features, int label, boolean weighted) implements Serializable {
    /** Returns how many rows from a first one on are read together. */
    int rowsFrom(ColumnBatch batch, int from) {
        return Math.max(1, Math.min(batch.rows() - from, features.rowsFrom(batch, from)));
    }

    /** Returns the rows [from, from + rows); null if a cell is not what most cells are. */
    @Nullable
    RowBatch read(ColumnBatch batch, int from, int rows, LabelCodes codes) {
        int[] labels = codes.of(batch.column(label), from, rows);
        double[] weights = weights(batch, from, rows);
        return labels == null || weights == null ? null : features.read(batch, from, rows, labels, weights);
    }

    private double @Nullable [] weights(ColumnBatch batch, int from, int rows) {
        if (!weighted) {
            double[] ones = new double[rows];
            Arrays.fill(ones, 1);
            return ones;
        }
        double[] weights = ColumnNumbers.doubles(batch.column(label + 1), from, rows, null);
        for (double weight : weights) {
            if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
                return null;
            }
        }
        return weights;
    }
}
