package org.sparkgrad.job.ml.dataset;

import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/** Converts label and weight columns to doubles, as MLlib's fit does before training. */
public final class DoubleColumns {
    private DoubleColumns() {}

    /**
     * Checks the schema, and returns the dataset with label and weight as doubles.
     *
     * @param params the estimator with the names of the columns
     * @throws IllegalArgumentException with MLlib's message, for a column that is missing or has the wrong type
     */
    public static Dataset<?> of(Dataset<?> dataset, LogisticRegression params) {
        params.transformSchema(dataset.schema());
        Dataset<?> labelled = casted(dataset, params.getLabelCol());
        return params.isDefined(params.weightCol()) && !params.getWeightCol().isEmpty()
                ? casted(labelled, params.getWeightCol())
                : labelled;
    }

    private static Dataset<?> casted(Dataset<?> dataset, String column) {
        return dataset.withColumn(
                column,
                functions.col(column).cast("double"),
                dataset.schema().apply(column).metadata());
    }
}
