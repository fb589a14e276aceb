package org.sparkgrad.job.ml.dataset;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.InternalRow;

/** The columns of a row of {@link DatasetInstances#rows}, as stored by Spark SQL: label, weight, features, fold. */
final class StoredRow {
    /** The type of vectors in Spark SQL. */
    static final VectorUDT VECTORS = new VectorUDT();

    private StoredRow() {}

    static double label(InternalRow row) {
        return row.getDouble(0);
    }

    static double weight(InternalRow row) {
        return row.getDouble(1);
    }

    /** Returns the features as stored. */
    static InternalRow features(InternalRow row) {
        if (row.isNullAt(2)) {
            throw new IllegalArgumentException("Vectors MUST NOT be Null");
        }
        return row.getStruct(2, VECTORS.sqlType().length());
    }

    static int fold(InternalRow row) {
        return row.getInt(3);
    }

    /**
     * Returns the exception of MLlib's DatasetUtils. MLlib throws it in a SQL function, which would read every vector
     * twice.
     */
    static IllegalArgumentException notFinite(Vector features) {
        return new IllegalArgumentException("Vector values MUST NOT be NaN or Infinity, but got " + features);
    }
}
