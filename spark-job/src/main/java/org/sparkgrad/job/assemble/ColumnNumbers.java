package org.sparkgrad.job.assemble;

import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;

/** Copies numbers out of columns. A missing number is NaN, true is 1 and false 0. */
final class ColumnNumbers {
    private ColumnNumbers() {}

    /** Returns whether single precision holds every number of a type. */
    static boolean isSingle(DataType type) {
        return type instanceof FloatType
                || type instanceof ByteType
                || type instanceof ShortType
                || type instanceof BooleanType;
    }

    /**
     * Returns the numbers of some rows of a column whose type is single.
     *
     * @param missing replaces missing numbers; null leaves them NaN
     */
    static float[] floats(ColumnVector column, int from, int rows, @Nullable Double missing) {
        float[] numbers;
        DataType type = column.dataType();
        if (type instanceof FloatType) {
            numbers = column.getFloats(from, rows);
        } else {
            numbers = new float[rows];
            for (int i = 0; i < rows; i++) {
                if (!column.isNullAt(from + i)) {
                    numbers[i] = small(column, type, from + i);
                }
            }
        }
        if (column.hasNull()) {
            for (int i = 0; i < rows; i++) {
                numbers[i] = column.isNullAt(from + i) ? Float.NaN : numbers[i];
            }
        }
        if (missing != null) {
            for (int i = 0; i < rows; i++) {
                numbers[i] = Float.isNaN(numbers[i]) ? missing.floatValue() : numbers[i];
            }
        }
        return numbers;
    }

    /** Returns the numbers of some rows of a column. */
    static double[] doubles(ColumnVector column, int from, int rows, @Nullable Double missing) {
        double[] numbers;
        DataType type = column.dataType();
        if (type instanceof DoubleType) {
            numbers = column.getDoubles(from, rows);
        } else {
            numbers = new double[rows];
            for (int i = 0; i < rows; i++) {
                if (!column.isNullAt(from + i)) {
                    numbers[i] = number(column, type, from + i);
                }
            }
        }
        if (column.hasNull()) {
            for (int i = 0; i < rows; i++) {
                numbers[i] = column.isNullAt(from + i) ? Double.NaN : numbers[i];
            }
        }
        if (missing != null) {
            for (int i = 0; i < rows; i++) {
                numbers[i] = Double.isNaN(numbers[i]) ? missing : numbers[i];
            }
        }
        return numbers;
    }

    private static double number(ColumnVector column, DataType type, int row) {
        if (type instanceof IntegerType) {
            return column.getInt(row);
        }
        if (type instanceof LongType) {
            return column.getLong(row);
        }
        if (type instanceof FloatType) {
            return column.getFloat(row);
        }
        return type instanceof DecimalType decimal
                ? column.getDecimal(row, decimal.precision(), decimal.scale())
                        .toJavaBigDecimal()
                        .doubleValue()
                : small(column, type, row);
    }

    private static int small(ColumnVector column, DataType type, int row) {
        if (type instanceof BooleanType) {
            return column.getBoolean(row) ? 1 : 0;
        }
        return type instanceof ByteType ? column.getByte(row) : column.getShort(row);
    }
}
