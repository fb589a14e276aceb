package org.sparkgrad.job.ml.dataset;

import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/** The columns that MLlib's fit turns into doubles before it trains. */
public final class DoubleColumns {
    private DoubleColumns() {}

    /**
     * Checks the schema, and returns the dataset with label and weight as doubles.
     *
     * @param params names the columns
     * @throws IllegalArgumentException with MLlib's message, for a column that is missing or of a wrong type
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
