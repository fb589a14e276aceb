package org.sparkgrad.job.ml;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkgrad.job.ml.dataset.ArrayVectors;

/**
 * Features in a column of arrays of numbers. {@link GpuLogisticRegression} trains on arrays as on vectors, but its
 * stock model scores only vectors. {@link #vectors} converts arrays to vectors, and {@link #pipeline} converts a model
 * to one that takes arrays.
 */
public final class ArrayFeatures {
    private ArrayFeatures() {}

    /**
     * Returns the dataset with a column of arrays of numbers converted to dense vectors; a column of another type is
     * not changed. A null among the numbers becomes NaN, which MLlib refuses.
     *
     * @throws IllegalArgumentException for a column of bytes, which may be signed or unsigned
     */
    public static Dataset<Row> vectors(Dataset<?> dataset, String column) {
        return ArrayVectors.of(dataset, column);
    }

    /**
     * Returns the model as stages of stock Spark that take arrays of the length that the estimator was trained on. The
     * stages convert each number to a column.
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
}
