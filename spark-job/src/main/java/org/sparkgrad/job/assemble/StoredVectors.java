package org.sparkgrad.job.assemble;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.job.read.CompactVectors;

/**
 * Reads a column of MLlib's vectors, whose parts Spark stores as columns of their own.
 *
 * @param count F
 */
record StoredVectors(int count) implements BatchFeatures {
    private static final byte DENSE = 1;
    private static final int TYPE = 0;
    private static final int SIZE = 1;
    private static final int INDICES = 2;
    private static final int VALUES = 3;

    @Override
    public int rowsFrom(ColumnBatch batch, int from) {
        ColumnVector vectors = batch.column(0);
        long values = 0;
        int row = from;
        while (row < batch.rows() && values < MOST_VALUES) {
            int stored = vectors.isNullAt(row)
                    ? 0
                    : vectors.getChild(VALUES).getArray(row).numElements();
            values += CompactVectors.isDense(count, stored) ? count : stored;
            row++;
        }
        return row - from;
    }

    @Override
    public @Nullable RowBatch read(BatchPart part, int[] labels, double[] weights) {
        ColumnVector column = part.batch().column(0);
        long[] ids = part.numbers();
        RowValues values = dense(column, part);
        if (values != null) {
            return DenseRows.compact(ids, labels, weights, count, values);
        }
        RowBatchBuilder builder = new RowBatchBuilder();
        for (int place = 0; place < ids.length; place++) {
            Vector vector = vector(column, part.from() + part.row(place));
            if (vector == null) {
                return null;
            }
            builder.add(new Instance(ids[place], labels[place], weights[place], CompactVectors.of(vector)));
        }
        return builder.take();
    }

    /** Returns the numbers of vectors if all are dense, follow one another and have no missing number; else null. */
    private @Nullable RowValues dense(ColumnVector column, BatchPart part) {
        int from = part.from();
        int rows = part.rows();
        if (!(column instanceof WritableColumnVector vectors)) {
            return null;
        }
        ColumnVector type = vectors.getChild(TYPE);
        WritableColumnVector values = vectors.getChild(VALUES);
        for (int row = from; row < from + rows; row++) {
            if (vectors.isNullAt(row)
                    || type.getByte(row) != DENSE
                    || values.isNullAt(row)
                    || values.getArrayLength(row) != count
                    || values.getArrayOffset(row) != values.getArrayOffset(from) + (row - from) * count) {
                return null;
            }
        }
        WritableColumnVector numbers = values.getChild(0);
        if (numbers.hasNull()) {
            return null;
        }
        double[] read = numbers.getDoubles(values.getArrayOffset(from), rows * count);
        return RowValues.of(read, count, part::place);
    }

    /** Returns a vector of F finite numbers; null for another one. */
    private @Nullable Vector vector(ColumnVector vectors, int row) {
        if (vectors.isNullAt(row)) {
            return null;
        }
        boolean dense = vectors.getChild(TYPE).getByte(row) == DENSE;
        double[] values = vectors.getChild(VALUES).getArray(row).toDoubleArray();
        if ((dense ? values.length : vectors.getChild(SIZE).getInt(row)) != count) {
            return null;
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return null;
            }
        }
        return dense
                ? new DenseVector(values)
                : new SparseVector(
                        count, vectors.getChild(INDICES).getArray(row).toIntArray(), values);
    }

    /** Returns how many numbers of all vectors, dense or sparse, are not 0. */
    long nonzeros(ColumnBatch batch) {
        ColumnVector vectors = batch.column(0);
        long nonzeros = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (!vectors.isNullAt(row)) {
                ColumnarArray values = vectors.getChild(VALUES).getArray(row);
                for (int i = 0; i < values.numElements(); i++) {
                    nonzeros += values.getDouble(i) == 0 ? 0 : 1;
                }
            }
        }
        return nonzeros;
    }
}
