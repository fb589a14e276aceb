package org.sparkgrad.job.assemble;

import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.sparkgrad.job.read.ColumnReferences;

/**
 * Chooses names for the columns that a model adds to a table. Spark refuses a table that already has columns of these
 * names.
 */
public final class ScorerNames {
    private ScorerNames() {}

    /** Renames those output columns of a model whose names a table already has. */
    public static void free(LogisticRegressionModel scorer, ColumnReferences columns) {
        scorer.setPredictionCol(columns.free(scorer.getPredictionCol()));
        scorer.setProbabilityCol(columns.free(scorer.getProbabilityCol()));
        scorer.setRawPredictionCol(columns.free(scorer.getRawPredictionCol()));
    }
}
