package org.sparkgrad.job.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.Table;

/**
 * Computes the scores of Spark's model in one step per row. Spark's transform creates three columns with three
 * functions, each of which unpacks one vector and packs another.
 */
final class RowScores implements UDF2<Long, @Nullable Vector, double @Nullable []> {
    private static final long serialVersionUID = 1L;

    private final LogisticRegressionModel scorer;
    private final @Nullable FiniteFeatures check;

    private RowScores(LogisticRegressionModel scorer, @Nullable FiniteFeatures check) {
        this.scorer = scorer;
        this.check = check;
    }

    /** Returns the table with a column of the predicted index and the probabilities. */
    static Dataset<Row> add(ModelFit.Assembled assembled, LogisticRegressionModel scorer, String column) {
        Dataset<Row> table = assembled.table();
        FiniteFeatures check =
                assembled.refusesMissing() ? new FiniteFeatures(table.schema().apply(assembled.features())) : null;
        return table.withColumn(
                column,
                udf(new RowScores(scorer, check), DataTypes.createArrayType(DataTypes.DoubleType, false))
                        .apply(col(Table.ROW_NUMBER), ColumnReferences.column(assembled.features())));
    }

    @Override
    public double @Nullable [] call(Long row, @Nullable Vector given) {
        Vector features = check == null ? given : check.check(row, given);
        if (features == null) {
            return null;
        }
        Vector raw = scorer.predictRaw(features);
        double prediction = scorer.raw2prediction(raw);
        Vector probability = scorer.raw2probabilityInPlace(raw);
        if (Double.isNaN(probability.apply(0))) {
            return null; // the stages gave the row no features
        }
        double[] scores = new double[1 + probability.size()];
        scores[0] = prediction;
        for (int k = 0; k < probability.size(); k++) {
            scores[1 + k] = probability.apply(k);
        }
        return scores;
    }
}
