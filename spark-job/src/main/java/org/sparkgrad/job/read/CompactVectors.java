package org.sparkgrad.job.read;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.types.DataType;

/**
 * Converts vectors to the smaller of MLlib's two forms. The result equals MLlib's {@code compressed()}, which creates
 * an object for each number to test the number for 0.
 */
public final class CompactVectors {
    /** The columns in which Spark SQL stores a vector: type, size, indices, values. */
    static final DataType STORED = new VectorUDT().sqlType();

    /** MLlib considers a sparse vector smaller if 1.5 (non-zeros + 1) is less than F. */
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

    /** Returns the vector in its smaller form; the same object if the vector already has this form. */
    public static Vector of(Vector vector) {
        return of(vector, nonzeros(vector));
    }

    /** Returns whether the dense form is the smaller one. */
    public static boolean isDense(int features, int nonzeros) {
        return SPARSE_COSTS * (nonzeros + 1.0) >= features;
    }

    /** Returns the vector in its smaller form, given its number of non-zeros. */
    public static Vector of(Vector vector, int nonzeros) {
        if (isDense(vector.size(), nonzeros)) {
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
