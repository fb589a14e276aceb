package org.sparkgrad.job.read;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * Vectors in the smaller of MLlib's two forms. They are those of its {@code compressed()}, which makes an object of each number
 * to see whether it is 0.
 */
public final class CompactVectors {
    /** MLlib takes a sparse vector for smaller where 1.5 (non-zeros + 1) are less than F. */
    private static final double SPARSE_COSTS = 1.5;

    private CompactVectors() {}

    /** Returns the numbers that a vector stores, not a copy. */
    public static double[] stored(Vector vector) {
        return vector instanceof SparseVector sparse ? sparse.values() : vector.toArray();
    }

    /** Returns how many of a vector's numbers are not 0. */
    public static int nonzeros(Vector vector) {
        int nonzeros = 0;
        for (double value : stored(vector)) {
            nonzeros += value == 0 ? 0 : 1;
        }
        return nonzeros;
    }

    /** Returns a vector, itself where it is in the smaller form. */
    public static Vector of(Vector vector) {
        return of(vector, nonzeros(vector));
    }

    /** The same of a vector of which that many numbers are not 0. */
    public static Vector of(Vector vector, int nonzeros) {
        if (SPARSE_COSTS * (nonzeros + 1.0) >= vector.size()) {
            return vector instanceof DenseVector ? vector : new DenseVector(vector.toArray());
        }
        double[] stored = stored(vector);
        return vector instanceof SparseVector && nonzeros == stored.length ? vector : sparse(vector, stored, nonzeros);
    }

    private static Vector sparse(Vector vector, double[] stored, int nonzeros) {
        int[] places = vector instanceof SparseVector sparse ? sparse.indices() : null;
        int[] indices = new int[nonzeros];
        double[] values = new double[nonzeros];
        int next = 0;
        for (int i = 0; i < stored.length; i++) {
            if (stored[i] != 0) {
                indices[next] = places == null ? i : places[i];
                values[next++] = stored[i];
            }
        }
        return new SparseVector(vector.size(), indices, values);
    }
}
