package org.sparkgrad.job.ml;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * What one loop over a row's numbers tells: each waits for the hash of those before it, so all else costs no time.
 *
 * @param hash a row's identity where a Dataset gives it none: a hash of what is in it. Rows that are alike share it and may
 *     stand in any order; of different rows that share it the content decides. So neither the order of a Dataset nor its
 *     partitions matter. Zeros that are stored count no more than those that are not.
 * @param nonzeros how many numbers are not 0
 * @param finite whether none is NaN or infinite
 */
record RowScan(long hash, int nonzeros, boolean finite) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** MLlib's {@code compressed()} takes a sparse vector for smaller where 1.5 (non-zeros + 1) are less than F. */
    private static final double SPARSE_COSTS = 1.5;

    /** Reads a row. */
    static RowScan of(double label, double weight, Vector features) {
        long hash = mix(mix(Double.doubleToLongBits(label) + GOLDEN) ^ Double.doubleToLongBits(weight));
        int[] indices = features instanceof SparseVector sparse ? sparse.indices() : null;
        double[] values = features instanceof SparseVector sparse ? sparse.values() : features.toArray();
        int nonzeros = 0;
        boolean finite = true;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                long index = indices == null ? i : indices[i];
                hash = mix((hash + index * GOLDEN) ^ Double.doubleToRawLongBits(values[i]));
                nonzeros++;
                finite &= Math.abs(values[i]) <= Double.MAX_VALUE;
            }
        }
        return new RowScan(hash, nonzeros, finite);
    }

    /** Returns MLlib's {@code compressed()}, which goes through a function for each number. */
    Vector compressed(Vector features) {
        boolean dense = SPARSE_COSTS * (nonzeros + 1.0) >= features.size();
        boolean stays = features instanceof SparseVector sparse
                ? !dense && nonzeros == sparse.values().length
                : dense && features instanceof DenseVector;
        return stays ? features : features.compressed();
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
