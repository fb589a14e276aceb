package org.sparkgrad.job.ml;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
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

/**
 * Features in a column of arrays of numbers. {@link GpuLogisticRegression} trains on them as on vectors; its stock model
 * scores vectors alone: {@link #vectors} turns arrays into these, and {@link #pipeline} a model into one that takes arrays.
 */
public final class ArrayFeatures {
    private ArrayFeatures() {}

    /**
     * Returns the dataset with a column of arrays of numbers as dense vectors; a column of another type stays as it is. A
     * null among the numbers becomes NaN, which MLlib refuses.
     *
     * @throws IllegalArgumentException for a column of bytes, which says not whether they have a sign
     */
    public static Dataset<Row> vectors(Dataset<?> dataset, String column) {
        StructField field = dataset.schema().apply(column);
        if (!isArray(field)) {
            return dataset.toDF();
        }
        Column numbers = functions.transform(
                functions.col(column), number -> functions.coalesce(number.cast("double"), functions.lit(Double.NaN)));
        return dataset.withColumn(column, org.apache.spark.ml.functions.array_to_vector(numbers), field.metadata());
    }

    /**
     * Returns the model as stages of stock Spark that take the arrays its estimator was trained on, each of as many
     * numbers. Each number becomes a column on the way.
     */
    public static PipelineModel pipeline(LogisticRegressionModel model) {
        String arrays = model.getFeaturesCol();
        String vector = arrays + "_vector";
        int features = model.numFeatures();
        String[] elements = IntStream.range(0, features)
                .mapToObj(element -> arrays + "_" + element)
                .toArray(String[]::new);
        String columns = IntStream.range(0, features)
                .mapToObj(element -> "IF(size(`%1$s`) = %2$d, `%1$s`[%3$d], NULL) AS `%4$s`"
                        .formatted(arrays, features, element, elements[element]))
                .collect(Collectors.joining(", "));
        LogisticRegressionModel scorer = model.copy(ParamMap.empty());
        scorer.setFeaturesCol(vector);
        return new PipelineModel(Identifiable.randomUID("arrays"), new Transformer[] {
            new SQLTransformer().setStatement("SELECT *, " + columns + " FROM __THIS__"),
            new VectorAssembler().setInputCols(elements).setOutputCol(vector),
            scorer
        });
    }

    /** Returns the schema with a column of arrays of numbers as one of vectors; a column of another type stays as it is. */
    static StructType vectors(StructType schema, String column) {
        return isArray(schema.apply(column)) ? with(schema, column, SQLDataTypes.VectorType()) : schema;
    }

    /** Returns the schema with another type of a column. */
    static StructType with(StructType schema, String column, DataType type) {
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
