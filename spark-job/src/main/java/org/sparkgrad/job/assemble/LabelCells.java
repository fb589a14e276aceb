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

/** Reads the cells of a label column. */
final class LabelCells {
    private LabelCells() {}

    /** Returns a cell as Spark gives it to users: text, a number or a boolean, or null. */
    static @Nullable Object of(ColumnVector column, int row) {
        if (column.isNullAt(row)) {
            return null;
        }
        DataType type = column.dataType();
        if (type instanceof DoubleType) {
            return column.getDouble(row);
        }
        if (type instanceof IntegerType) {
            return column.getInt(row);
        }
        if (type instanceof LongType) {
            return column.getLong(row);
        }
        if (type instanceof FloatType) {
            return column.getFloat(row);
        }
        if (type instanceof BooleanType) {
            return column.getBoolean(row);
        }
        if (type instanceof ShortType) {
            return column.getShort(row);
        }
        if (type instanceof ByteType) {
            return column.getByte(row);
        }
        return type instanceof DecimalType decimal
                ? column.getDecimal(row, decimal.precision(), decimal.scale()).toJavaBigDecimal()
                : column.getUTF8String(row).toString();
    }
}
