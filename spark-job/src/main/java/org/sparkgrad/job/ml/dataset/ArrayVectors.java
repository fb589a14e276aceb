package org.sparkgrad.job.ml.dataset;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Converts columns of arrays of numbers to columns of vectors. */
public final class ArrayVectors {
    private ArrayVectors() {}

    /**
     * Returns the dataset with a column of arrays of numbers converted to dense vectors; a column of another type is
     * not changed. A null among the numbers becomes NaN, which MLlib refuses.
     *
     * @throws IllegalArgumentException for a column of bytes, which may be signed or unsigned
     */
    public static Dataset<Row> of(Dataset<?> dataset, String column) {
        StructField field = dataset.schema().apply(column);
        if (!isArray(field)) {
            return dataset.toDF();
        }
        Column numbers = functions.transform(
                functions.col(column), number -> functions.coalesce(number.cast("double"), functions.lit(Double.NaN)));
        return dataset.withColumn(column, org.apache.spark.ml.functions.array_to_vector(numbers), field.metadata());
    }

    /**
     * Returns the schema with a column of arrays of numbers changed to a column of vectors; a column of another type is
     * not changed.
     */
    public static StructType of(StructType schema, String column) {
        return isArray(schema.apply(column)) ? with(schema, column, SQLDataTypes.VectorType()) : schema;
    }

    /** Returns the schema with another type for a column. */
    public static StructType with(StructType schema, String column, DataType type) {
        StructField[] fields = schema.fields().clone();
        int place = schema.fieldIndex(column);
        fields[place] = new StructField(column, type, fields[place].nullable(), fields[place].metadata());
        return new StructType(fields);
    }

    private static boolean isArray(StructField field) {
        if (field.dataType() instanceof BinaryType) {
            throw new IllegalArgumentException("The features column " + field.name()
                    + " holds bytes, which may stand for -128..127 or for 0..255: make it an array of numbers.");
        }
        return field.dataType() instanceof ArrayType array && array.elementType() instanceof NumericType;
    }
}
