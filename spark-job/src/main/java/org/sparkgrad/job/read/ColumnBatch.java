package org.sparkgrad.job.read;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** Some rows of a table by columns, and their numbers. */
public final class ColumnBatch {
    private final ColumnarBatch columns;
    private final int[] places;
    private final @Nullable RowNumber number;

    /**
     * @param places the places of the table's columns, then that of the row number, or those of the file and of the row
     *     in the file
     * @param number computes row numbers; null where the last place has them
     */
    ColumnBatch(ColumnarBatch columns, int[] places, @Nullable RowNumber number) {
        this.columns = columns;
        this.places = places;
        this.number = number;
    }

    /** Returns the number of rows. */
    public int rows() {
        return columns.numRows();
    }

    /** Returns a column of the table, from 0; the row numbers are none. */
    public ColumnVector column(int column) {
        return columns.column(places[column]);
    }

    /**
     * Returns a row as Spark gives it to users.
     *
     * @param types the types of the table's columns, the row numbers last
     */
    public Row row(int row, StructType types) {
        Object[] cells = new Object[types.length()];
        for (int i = 0; i < types.length() - 1; i++) {
            DataType type = types.apply(i).dataType();
            DataType stored = type instanceof UserDefinedType<?> own ? own.sqlType() : type;
            // Spark's row gives some number for a missing one.
            if (!column(i).isNullAt(row)) {
                cells[i] = CatalystTypeConverters.convertToScala(
                        columns.getRow(row).get(places[i], stored), type);
            }
        }
        cells[types.length() - 1] = number(row);
        return new GenericRowWithSchema(cells, types);
    }

    /** Returns the number of a row in the table. A batch has rows of one file. */
    public long number(int row) {
        return firstRow() + index().getLong(row);
    }

    /** Returns the numbers of rows from a first one on. */
    public long[] numbers(int from, int rows) {
        long[] numbers = index().getLongs(from, rows);
        long first = firstRow();
        for (int i = 0; i < rows; i++) {
            numbers[i] += first;
        }
        return numbers;
    }

    private ColumnVector index() {
        return columns.column(places[places.length - 1]);
    }

    private long firstRow() {
        return number == null
                ? 0
                : number.firstRow(columns.column(places[places.length - 2])
                        .getUTF8String(0)
                        .toString());
    }
}
