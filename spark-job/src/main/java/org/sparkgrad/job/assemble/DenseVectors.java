package org.sparkgrad.job.assemble;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;

/**
 * Reads a column of MLlib's vectors, whose parts Spark stores as columns of their own, as long as all are dense and of one
 * size.
 *
 * @param count F
 */
record DenseVectors(int count) implements BatchFeatures {
    private static final byte DENSE = 1;
    private static final int TYPE = 0;
    private static final int VALUES = 3;

    @Override
    public @Nullable RowValues read(ColumnBatch batch, int from, int rows) {
        if (!(batch.column(0) instanceof WritableColumnVector vectors)) {
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
        return numbers.hasNull() ? null : RowValues.of(numbers.getDoubles(values.getArrayOffset(from), rows * count));
    }

    /** Returns how many numbers of all vectors, dense or sparse, are not 0. */
    long nonzeros(ColumnBatch batch) {
        ColumnVector vectors = batch.column(0);
        long nonzeros = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (!vectors.isNullAt(row)) {
                ColumnarArray values = vectors.getStruct(row).getArray(VALUES);
                for (int i = 0; i < values.numElements(); i++) {
                    nonzeros += values.getDouble(i) == 0 ? 0 : 1;
                }
            }
        }
        return nonzeros;
    }
}
