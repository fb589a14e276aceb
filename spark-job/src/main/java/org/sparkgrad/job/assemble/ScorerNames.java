package org.sparkgrad.job.assemble;

import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.sparkgrad.job.read.ColumnReferences;

/** Names for the columns that a model adds to a table: Spark refuses a table that has them already. */
public final class ScorerNames {
    private ScorerNames() {}

    /** Gives a model names that no column of a table has, where it has other ones. */
    public static void free(LogisticRegressionModel scorer, ColumnReferences columns) {
        scorer.setPredictionCol(columns.free(scorer.getPredictionCol()));
        scorer.setProbabilityCol(columns.free(scorer.getProbabilityCol()));
        scorer.setRawPredictionCol(columns.free(scorer.getRawPredictionCol()));
    }
}
