package org.sparkgrad.job.ml;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * A row's identity where a Dataset gives it none: a hash of what is in it. Rows that are alike share it and may stand in
 * any order; of different rows that share it the content decides. So neither the order of a Dataset nor its partitions matter.
 */
final class RowHash {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private RowHash() {}

    /** Returns the hash of an instance; zeros that are stored count no more than those that are not. */
    static long of(double label, double weight, Vector features) {
        long hash = mix(bits(label) + GOLDEN);
        hash = mix(hash ^ bits(weight));
        if (features instanceof SparseVector sparse) {
            int[] indices = sparse.indices();
            double[] values = sparse.values();
            for (int i = 0; i < values.length; i++) {
                hash = with(hash, indices[i], values[i]);
            }
            return hash;
        }
        double[] values = features instanceof DenseVector dense ? dense.values() : features.toArray();
        for (int j = 0; j < values.length; j++) {
            hash = with(hash, j, values[j]);
        }
        return hash;
    }

    private static long with(long hash, int index, double value) {
        return value == 0 ? hash : mix((hash + index * GOLDEN) ^ bits(value));
    }

    private static long bits(double value) {
        return Double.doubleToLongBits(value);
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
