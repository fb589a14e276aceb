package org.sparkgrad.gpu.block;

import java.io.Serializable;

/**
 * Consecutive rows of a shard, the unit of summation: N rows of F features with N labels and N instance weights. The
 * features are held in one {@link Precision}; labels are class indices 0..K-1.
 *
 * <p>A row is a list of entries, a feature and its value each, in the order of features. A dense row has F entries; a
 * sparse row leaves out zeros. Plain loops use this view; fast loops use the arrays of the implementations.
 */
public sealed interface Block extends Serializable permits DenseBlock, SparseBlock {
    /** Returns N. */
    int rows();

    /** Returns F. */
    int features();

    /** Returns the format of the features. */
    Precision precision();

    /** Returns the N class indices, not a copy. */
    float[] labels();

    /** Returns the N instance weights, not a copy; callers must not change them. */
    double[] weights();

    /** Returns the sum of the weights, in row order. */
    double weightSum();

    /** Returns the same features and labels, not copied, with other weights. */
    Block weighted(double[] weights);

    /** Returns how many entries a row has. */
    int entries(int row);

    /** Returns the feature of one entry of a row. */
    int entryFeature(int row, int entry);

    /** Returns the value of one entry of a row, in either format. */
    double entryValue(int row, int entry);

    /** Returns the sum of weights of rows [start, end), in row order: the same bits in every engine. */
    static double weightSum(double[] weights, int start, int end) {
        double sum = 0;
        for (int row = start; row < end; row++) {
            sum += weights[row];
        }
        return sum;
    }
}
