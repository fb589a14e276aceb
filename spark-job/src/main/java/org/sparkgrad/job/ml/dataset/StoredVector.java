package org.sparkgrad.job.ml.dataset;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;

/**
 * The properties of a vector as stored by Spark SQL (type, size, indices, values), read without creating a vector.
 *
 * @param size F
 * @param nonzeros the number of values that are not 0
 * @param finite whether no value is NaN or infinite
 */
record StoredVector(int size, int nonzeros, boolean finite) {
    private static final byte SPARSE = 0;

    /** Reads a vector. */
    static StoredVector of(InternalRow vector) {
        ArrayData values = vector.getArray(3);
        int stored = values.numElements();
        int nonzeros = 0;
        boolean finite = true;
        for (int i = 0; i < stored; i++) {
            double value = values.getDouble(i);
            nonzeros += value == 0 ? 0 : 1;
            finite &= Math.abs(value) <= Double.MAX_VALUE;
        }
        return new StoredVector(isSparse(vector) ? vector.getInt(1) : stored, nonzeros, finite);
    }

    /** Copies all numbers of an array; those of Spark SQL's binary rows as one block. */
    static void copy(ArrayData stored, double[] into) {
        if (stored instanceof UnsafeArrayData array) {
            int head = UnsafeArrayData.calculateHeaderPortionInBytes(into.length);
            Platform.copyMemory(
                    array.getBaseObject(),
                    array.getBaseOffset() + head,
                    into,
                    Platform.DOUBLE_ARRAY_OFFSET,
                    (long) Double.BYTES * into.length);
            return;
        }
        for (int j = 0; j < into.length; j++) {
            into[j] = stored.getDouble(j);
        }
    }

    /** Returns whether the vector is sparse. */
    static boolean isSparse(InternalRow vector) {
        return vector.getByte(0) == SPARSE;
    }
}
