package org.sparkgrad.job.ml.dataset;

import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.assemble.RowBatchBuilder;
import org.sparkgrad.job.read.CompactVectors;

/**
 * One row of {@link DatasetInstances#rows}: label, weight, features, fold. The object is used for one row after another,
 * with the same arrays. Numbers of Spark SQL's binary rows are copied as one block of bytes, and no vector is created.
 */
final class StoredRow {
    /** The type of vectors in Spark SQL: type, size, indices, values. */
    static final VectorUDT VECTORS = new VectorUDT();

    private static final int FEATURES = 2;
    private static final int FOLD = 3;
    private static final int INDICES = 2;
    private static final int VALUES = 3;
    private static final int VECTOR_FIELDS = 4;
    private static final byte SPARSE = 0;

    private final UnsafeRow vectorBytes = new UnsafeRow(VECTOR_FIELDS);
    private final UnsafeArrayData arrayBytes = new UnsafeArrayData();
    private double label;
    private double weight;
    private int fold;
    private int features;
    private boolean sparse;
    private int count;
    private int[] indices = new int[0];
    private double[] values = new double[0];
    private double[] spare = new double[0];
    private long hash;
    private int nonzeros;

    /**
     * Reads a row.
     *
     * @throws IllegalArgumentException with MLlib's message, for features that are null or no vector
     */
    void read(InternalRow row) {
        weight = row.getDouble(1);
        label = weight == 0 ? 0 : row.getDouble(0); // the label may be that of no class
        fold = row.getInt(FOLD);
        InternalRow vector = vector(row);
        sparse = vector.getByte(0) == SPARSE;
        ArrayData stored = array(vector, VALUES);
        count = stored.numElements();
        features = sparse ? vector.getInt(1) : count;
        values = room(values, count);
        copy(stored);
        if (sparse) {
            readIndices(vector);
        }
    }

    private InternalRow vector(InternalRow row) {
        if (row.isNullAt(FEATURES)) {
            throw new IllegalArgumentException("Vectors MUST NOT be Null");
        }
        if (row instanceof UnsafeRow bytes) {
            long place = bytes.getLong(FEATURES);
            vectorBytes.pointTo(bytes.getBaseObject(), bytes.getBaseOffset() + (place >>> Integer.SIZE), (int) place);
            return vectorBytes;
        }
        return row.getStruct(FEATURES, VECTOR_FIELDS);
    }

    private ArrayData array(InternalRow vector, int field) {
        if (vector instanceof UnsafeRow bytes) {
            long place = bytes.getLong(field);
            arrayBytes.pointTo(bytes.getBaseObject(), bytes.getBaseOffset() + (place >>> Integer.SIZE), (int) place);
            return arrayBytes;
        }
        return vector.getArray(field);
    }

    private void copy(ArrayData stored) {
        if (stored instanceof UnsafeArrayData bytes) {
            copy(bytes, values, Platform.DOUBLE_ARRAY_OFFSET, Double.BYTES);
            return;
        }
        for (int i = 0; i < count; i++) {
            values[i] = stored.getDouble(i);
        }
    }

    private void readIndices(InternalRow vector) {
        ArrayData stored = array(vector, INDICES);
        boolean ascending = stored.numElements() == count;
        indices = indices.length < count ? new int[count] : indices;
        if (ascending && stored instanceof UnsafeArrayData bytes) {
            copy(bytes, indices, Platform.INT_ARRAY_OFFSET, Integer.BYTES);
        } else {
            for (int i = 0; ascending && i < count; i++) {
                indices[i] = stored.getInt(i);
            }
        }
        int before = -1;
        for (int i = 0; ascending && i < count; i++) {
            ascending = before < indices[i];
            before = indices[i];
        }
        if (!ascending || before >= features) {
            VECTORS.deserialize(vector); // throws MLlib's message for vectors that a writer of files got wrong
        }
    }

    private void copy(UnsafeArrayData from, Object into, int offset, int width) {
        Platform.copyMemory(
                from.getBaseObject(),
                from.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(count),
                into,
                offset,
                (long) width * count);
    }

    private static double[] room(double[] numbers, int length) {
        return numbers.length < length ? new double[length] : numbers;
    }

    /** Stores the results of {@link RowScan}. */
    void scanned(long hashOfRow, int nonzerosOfRow) {
        hash = hashOfRow;
        nonzeros = nonzerosOfRow;
    }

    /**
     * Changes the row to the smaller of its two forms, all features or those that are not 0. The form depends on the row
     * alone, since sums over the two forms may differ in the last bit.
     */
    void compact() {
        if (CompactVectors.isDense(features, nonzeros)) {
            if (sparse) {
                expand();
            }
        } else if (!sparse || nonzeros < count) {
            omitZeros();
        }
    }

    private void expand() {
        spare = room(spare, features);
        Arrays.fill(spare, 0, features, 0);
        for (int i = 0; i < count; i++) {
            spare[indices[i]] = values[i];
        }
        double[] before = values;
        values = spare;
        spare = before;
        count = features;
        sparse = false;
    }

    private void omitZeros() {
        indices = indices.length < nonzeros ? new int[nonzeros] : indices;
        int next = 0;
        for (int i = 0; i < count; i++) {
            if (values[i] != 0) {
                indices[next] = sparse ? indices[i] : i;
                values[next++] = values[i];
            }
        }
        count = nonzeros;
        sparse = true;
    }

    /** Appends the row, whose hash stands for its number. */
    void addTo(RowBatchBuilder builder) {
        builder.add(hash, (int) label, weight, (byte) fold, indices(), values, count);
    }

    /**
     * Returns the exception of MLlib's DatasetUtils. MLlib throws it in a SQL function, which would read every vector
     * twice.
     */
    IllegalArgumentException notFinite() {
        double[] numbers = Arrays.copyOf(values, count);
        Vector vector =
                sparse ? new SparseVector(features, Arrays.copyOf(indices, count), numbers) : new DenseVector(numbers);
        return new IllegalArgumentException("Vector values MUST NOT be NaN or Infinity, but got " + vector);
    }

    double label() {
        return label;
    }

    double weight() {
        return weight;
    }

    int fold() {
        return fold;
    }

    /** Returns F. */
    int features() {
        return features;
    }

    /** Returns how many numbers are stored. */
    int count() {
        return count;
    }

    /** Returns the features of the numbers in an array that may be longer; null for all features in order. */
    int @Nullable [] indices() {
        return sparse ? indices : null;
    }

    /** Returns the numbers in an array that may be longer. */
    double[] values() {
        return values;
    }

    long hash() {
        return hash;
    }

    int nonzeros() {
        return nonzeros;
    }
}
