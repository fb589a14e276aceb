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

    /** Returns the rows; null if a cell is not what most cells are. */
    @Nullable
    RowBatch read(BatchPart part, LabelCodes codes) {
        int[] labels = codes.of(part.batch().column(label), part);
        double[] weights = weights(part);
        return labels == null || weights == null ? null : features.read(part, labels, weights);
    }

    private double @Nullable [] weights(BatchPart part) {
        double[] weights = new double[part.rows()];
        if (!weighted) {
            Arrays.fill(weights, 1);
            return weights;
        }
        double[] read = ColumnNumbers.doubles(part.batch().column(label + 1), part.from(), part.rows(), null);
        for (int row = 0; row < read.length; row++) {
            if (!(read[row] >= 0 && read[row] <= Double.MAX_VALUE)) {
                return null;
            }
            weights[part.place(row)] = read[row];
        }
        return weights;
    }
}
