package org.sparkgrad.job.assemble;

import org.apache.spark.ml.linalg.DenseVector;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.CompactVectors;

/** Makes batches of rows whose features all have a number. */
final class DenseRows {
    private DenseRows() {}

    /**
     * Returns a batch in which each row has the smaller of its two forms, all features or those that are not 0; null if
     * a number is NaN or infinite. The form depends on the row alone, since sums over the two forms may differ in the
     * last bit.
     *
     * @param values rows x features
     */
    static @Nullable RowBatch compact(long[] ids, int[] labels, double[] weights, int features, RowValues values) {
        boolean dense = true;
        int[] nonzeros = new int[ids.length];
        for (int row = 0; row < ids.length; row++) {
            nonzeros[row] = values.nonzeros(row * features, features);
            if (nonzeros[row] < 0) {
                return null;
            }
            dense &= CompactVectors.isDense(features, nonzeros[row]);
        }
        if (dense) {
            return RowBatch.dense(ids, labels, weights, features, values);
        }
        RowBatchBuilder builder = new RowBatchBuilder();
        for (int row = 0; row < ids.length; row++) {
            double[] numbers = new double[features];
            values.copy(row * features, numbers);
            builder.add(new Instance(
                    ids[row], labels[row], weights[row], CompactVectors.of(new DenseVector(numbers), nonzeros[row])));
        }
        return builder.take();
    }
}
