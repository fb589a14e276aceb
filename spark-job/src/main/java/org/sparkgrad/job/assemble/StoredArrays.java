package org.sparkgrad.job.assemble;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.jspecify.annotations.Nullable;

/** Copies arrays of numbers out of a column. */
final class StoredArrays {
    private final ColumnVector column;
    private final DataType type;
    private final boolean maybeNull;

    StoredArrays(ColumnVector column) {
        this.column = column;
        this.type = ((ArrayType) column.dataType()).elementType();
        this.maybeNull =
                !(column instanceof WritableColumnVector own) || own.getChild(0).hasNull();
    }

    /** Copies the array of a row into floats, and returns whether it has the width and no null. */
    boolean copy(int row, int width, float[] into, int at) {
        ColumnarArray array = array(row, width);
        if (array == null) {
            return false;
        }
        float[] floats = type instanceof FloatType ? array.toFloatArray() : null;
        for (int i = 0; i < width; i++) {
            into[at + i] = (floats == null ? (float) number(array, i) : floats[i]) + 0; // no -0
        }
        return true;
    }

    /** Copies the array of a row into doubles, and returns whether it has the width and no null. */
    boolean copy(int row, int width, double[] into, int at) {
        ColumnarArray array = array(row, width);
        if (array == null) {
            return false;
        }
        double[] doubles = type instanceof DoubleType ? array.toDoubleArray() : null;
        for (int i = 0; i < width; i++) {
            into[at + i] = (doubles == null ? number(array, i) : doubles[i]) + 0; // no -0
        }
        return true;
    }

    private @Nullable ColumnarArray array(int row, int width) {
        if (column.isNullAt(row)) {
            return null;
        }
        ColumnarArray array = column.getArray(row);
        if (array.numElements() != width) {
            return null;
        }
        for (int i = 0; maybeNull && i < width; i++) {
            if (array.isNullAt(i)) {
                return null;
            }
        }
        return array;
    }

    private double number(ColumnarArray array, int i) {
        if (type instanceof DoubleType) {
            return array.getDouble(i);
        }
        if (type instanceof FloatType) {
            return array.getFloat(i);
        }
        if (type instanceof IntegerType) {
            return array.getInt(i);
        }
        if (type instanceof LongType) {
            return array.getLong(i);
        }
        if (type instanceof ShortType) {
            return array.getShort(i);
        }
        if (type instanceof DecimalType decimal) {
            return array.getDecimal(i, decimal.precision(), decimal.scale())
                    .toJavaBigDecimal()
                    .doubleValue();
        }
        return type instanceof ByteType ? array.getByte(i) : array.getBoolean(i) ? 1 : 0;
    }
}
