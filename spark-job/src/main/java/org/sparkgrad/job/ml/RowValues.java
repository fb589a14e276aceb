package org.sparkgrad.job.ml;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/** What a row stores, in plain loops: MLlib's own go through a function for each number. */
final class RowValues {
    /** MLlib's {@code compressed()} takes a sparse vector for smaller where 1.5 (non-zeros + 1) are less than F. */
    private static final double SPARSE_COSTS = 1.5;

    private RowValues() {}

    /** Returns the numbers that are stored, not a copy. */
    static double[] of(Vector features) {
        if (features instanceof SparseVector sparse) {
            return sparse.values();
        }
        return features instanceof DenseVector dense ? dense.values() : features.toArray();
    }

    /** Returns how many are not 0. */
    static int nonzeros(Vector features) {
        int count = 0;
        for (double value : of(features)) {
            count += value == 0 ? 0 : 1;
        }
        return count;
    }

    /** Returns whether none is NaN or infinite. */
    static boolean areFinite(Vector features) {
        boolean finite = true;
        for (double value : of(features)) {
            finite &= Math.abs(value) <= Double.MAX_VALUE;
        }
        return finite;
    }

    /** Returns MLlib's {@code compressed()}. */
    static Vector compressed(Vector features) {
        boolean staysDense =
                features instanceof DenseVector && SPARSE_COSTS * (nonzeros(features) + 1.0) >= features.size();
        return staysDense ? features : features.compressed();
    }
}
