package org.sparkgrad.job.ml.grid;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns of scored rows that an evaluator reads.
 *
 * @param features the features column of the models, which the evaluator does not read
 * @param ofRows the columns that the rows had before scoring
 * @param ofModels the columns that models add
 */
record EvaluatorColumns(String features, List<String> ofRows, List<Output> ofModels) {
    /** The kinds of columns that a model adds. */
    enum Kind {
        RAW,
        PROBABILITY,
        PREDICTION;

        DataType type() {
            return this == PREDICTION ? DataTypes.DoubleType : SQLDataTypes.VectorType();
        }

        /** Returns the value of the column, computed from the margins as in the model's transform. */
        Object of(LogisticRegressionModel model, Vector raw) {
            return switch (this) {
                case RAW -> raw;
                case PROBABILITY -> model.raw2probability(raw);
                case PREDICTION -> model.raw2prediction(raw);
            };
        }
    }

    /** A column that a model adds. */
    record Output(String column, Kind kind) {
        private static Stream<Output> all(LogisticRegressionModel model) {
            return Stream.of(
                    new Output(model.getRawPredictionCol(), Kind.RAW),
                    new Output(model.getProbabilityCol(), Kind.PROBABILITY),
                    new Output(model.getPredictionCol(), Kind.PREDICTION));
        }
    }

    /**
     * Returns the columns; empty if the evaluator is unknown, if it reads other columns, or if the models differ.
     *
     * @param columns the columns of the rows
     */
    static Optional<EvaluatorColumns> of(
            Evaluator evaluator, List<LogisticRegressionModel> models, List<String> columns) {
        List<String> ofRows;
        List<String> ofModels;
        if (evaluator.getClass() == BinaryClassificationEvaluator.class) {
            BinaryClassificationEvaluator binary = (BinaryClassificationEvaluator) evaluator;
            ofRows = named(binary.getLabelCol(), binary.isDefined(binary.weightCol()) ? binary.getWeightCol() : "");
            ofModels = List.of(binary.getRawPredictionCol());
        } else if (evaluator.getClass() == MulticlassClassificationEvaluator.class) {
            MulticlassClassificationEvaluator several = (MulticlassClassificationEvaluator) evaluator;
            ofRows = named(several.getLabelCol(), several.isDefined(several.weightCol()) ? several.getWeightCol() : "");
            ofModels = named(
                    several.getPredictionCol(),
                    several.getMetricName().equals("logLoss") ? several.getProbabilityCol() : "");
        } else {
            return Optional.empty();
        }
        LogisticRegressionModel first = models.get(0);
        List<Output> outputs = ofModels.stream()
                .flatMap(column -> Output.all(first)
                        .filter(output -> output.column().equals(column))
                        .limit(1))
                .toList();
        boolean known = outputs.size() == ofModels.size()
                && columns.containsAll(ofRows)
                && models.stream().allMatch(model -> sameColumns(model, first));
        return known ? Optional.of(new EvaluatorColumns(first.getFeaturesCol(), ofRows, outputs)) : Optional.empty();
    }

    private static List<String> named(String... columns) {
        return Arrays.stream(columns)
                .filter(column -> !column.isEmpty())
                .distinct()
                .toList();
    }

    private static boolean sameColumns(LogisticRegressionModel model, LogisticRegressionModel other) {
        return !model.getRawPredictionCol().isEmpty()
                && model.getFeaturesCol().equals(other.getFeaturesCol())
                && Output.all(model).toList().equals(Output.all(other).toList());
    }
}
