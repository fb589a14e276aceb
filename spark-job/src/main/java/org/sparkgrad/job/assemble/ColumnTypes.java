package org.sparkgrad.job.assemble;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.Table;

/** Checks that columns have the types that their roles need. */
public final class ColumnTypes {
    private ColumnTypes() {}

    /** Returns whether columns of this type hold numbers; true counts as 1 and false as 0. */
    public static boolean isNumber(DataType type) {
        return type instanceof NumericType || type.equals(DataTypes.BooleanType);
    }

    /** Returns whether columns of this type hold arrays of numbers. */
    static boolean isArray(DataType type) {
        return type instanceof ArrayType array && isNumber(array.elementType());
    }

    /**
     * Checks that a label column holds text, numbers or booleans.
     *
     * @throws JobException if it holds something else
     */
    static void checkLabel(StructType schema, String column) {
        DataType type = schema.apply(column).dataType();
        if (!(type instanceof StringType) && !isNumber(type)) {
            throw JobException.data("The label column " + column + " is of type " + type.simpleString()
                    + ": labels are text, numbers or booleans.");
        }
    }

    /**
     * Returns the length of a column's arrays, taken from one of the arrays.
     *
     * @throws JobException if there is no row, or if the read row has no array
     */
    static int arrayLength(Dataset<Row> table, String name) {
        List<Row> first = table.select(ColumnReferences.column(name)).takeAsList(1);
        if (first.isEmpty()) {
            throw JobException.data("The table has no rows.");
        }
        if (first.get(0).isNullAt(0) || first.get(0).getList(0).isEmpty()) {
            throw JobException.data("The feature column " + name + " has a row without an array.");
        }
        return first.get(0).getList(0).size();
    }

    /**
     * Checks that a column holds arrays of numbers.
     *
     * @throws JobException if the column holds something else
     */
    static void checkArray(Dataset<Row> table, String name) {
        DataType type = table.schema().apply(name).dataType();
        if (!isArray(type)) {
            throw JobException.data("The feature column " + name + " holds " + type.simpleString()
                    + ", where arrays of numbers are needed, as in the training table.");
        }
    }

    /**
     * Checks that columns hold numbers.
     *
     * @param role the role of the columns, for the error message
     * @throws JobException with the first text of the first column that holds something else
     */
    static void checkNumbers(Dataset<Row> table, List<String> names, String role) {
        StructType schema = table.schema();
        List<String> others = names.stream()
                .filter(name -> !isNumber(schema.apply(name).dataType()))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        String name = others.get(0);
        DataType type = schema.apply(name).dataType();
        String remedy = "ignore it (--ignore-columns), or turn it into numbers."
                + (others.size() == 1 ? "" : " So are " + String.join(", ", others.subList(1, others.size())) + ".");
        if (type.equals(DataTypes.StringType)) {
            first(table, name).ifPresent(row -> {
                throw JobException.data("Row %d has \"%s\" in the %s column %s, where numbers are needed: %s"
                        .formatted(row.getLong(1), row.getString(0), role, name, remedy));
            });
        }
        throw JobException.data("The %s column %s holds %s, where numbers are needed: %s"
                .formatted(role, name, type.simpleString(), remedy));
    }

    /**
     * Returns the table with the given columns cast to text.
     *
     * @throws JobException for a column that holds neither text nor numbers
     */
    static Dataset<Row> withText(Dataset<Row> table, List<String> names) {
        Dataset<Row> result = table;
        for (String name : names) {
            DataType type = table.schema().apply(name).dataType();
            if (isNumber(type)) {
                result = result.withColumn(name, ColumnReferences.column(name).cast(DataTypes.StringType));
            } else if (!type.equals(DataTypes.StringType)) {
                throw JobException.data("The feature column " + name + " holds " + type.simpleString()
                        + ", which is neither numbers nor text: ignore it (--ignore-columns), or turn it into either.");
            }
        }
        return result;
    }

    /** Returns the first row with a text that is not a number. */
    private static Optional<Row> first(Dataset<Row> table, String name) {
        Column cell = ColumnReferences.column(name);
        Column row = col(Table.ROW_NUMBER);
        Column isText = cell.isNotNull().and(cell.cast("double").isNull());
        return table.filter(isText).select(cell, row).orderBy(row).takeAsList(1).stream()
                .findFirst();
    }
}
