package org.sparkgrad.job.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.optimize.Optimizers;

/** An estimator with several maps of parameters. */
final class Grid {
    private Grid() {}

    /** Fits a model for each map. */
    static List<LogisticRegressionModel> fit(
            GpuLogisticRegression estimator, Dataset<?> dataset, List<ParamMap> paramMaps) {
        List<GpuLogisticRegression> copies =
                paramMaps.stream().map(estimator::copy).toList();
        LogisticRegressionModel[] models = new LogisticRegressionModel[copies.size()];
        for (List<Integer> group : groups(copies)) {
            List<GpuLogisticRegression> together =
                    group.stream().map(copies::get).toList();
            if (together.size() == 1) {
                models[group.get(0)] = together.get(0).fit(dataset);
                continue;
            }
            try (GridTraining training = open(dataset, Folds.NONE, together)) {
                List<LogisticRegressionModel> fitted = train(training, candidates(together, GridModel.NONE));
                for (int i = 0; i < group.size(); i++) {
                    models[group.get(i)] = fitted.get(i);
                }
            }
        }
        return Arrays.asList(models);
    }

    /** Returns a candidate for each estimator. */
    static List<Candidate> candidates(List<GpuLogisticRegression> estimators, int leftOut) {
        return estimators.stream().map(params -> new Candidate(params, leftOut)).toList();
    }

    /** Checks the columns and counts the rows, as fitting one estimator does. */
    static GridTraining open(Dataset<?> dataset, Folds folds, List<GpuLogisticRegression> estimators) {
        estimators.forEach(params -> params.transformSchema(dataset.schema()));
        GpuLogisticRegression columns = estimators.get(0);
        Dataset<?> vectors = ArrayFeatures.vectors(dataset, columns.getFeaturesCol());
        Dataset<?> casted = casted(vectors, columns.getLabelCol());
        String weight = columns.find(columns.weightCol());
        return new GridTraining(
                weight == null || weight.isEmpty() ? casted : casted(casted, weight), folds, estimators);
    }

    private static Dataset<?> casted(Dataset<?> dataset, String column) {
        return dataset.withColumn(
                column,
                functions.col(column).cast("double"),
                dataset.schema().apply(column).metadata());
    }

    /** Trains candidates, and hands the models over as fitting one does. */
    static List<LogisticRegressionModel> train(GridTraining training, List<Candidate> candidates) {
        List<LogisticRegressionModel> models = EstimatorErrors.named(() -> training.train(candidates));
        for (int i = 0; i < models.size(); i++) {
            models.get(i).setParent(candidates.get(i).params());
        }
        return models;
    }

    /** Returns the places of estimators that can be trained over the same blocks, in order. */
    static List<List<Integer>> groups(List<GpuLogisticRegression> estimators) {
        Map<List<@Nullable Object>, List<Integer>> groups = new LinkedHashMap<>();
        IntStream.range(0, estimators.size())
                .forEach(i -> groups.computeIfAbsent(key(estimators.get(i), i), key -> new ArrayList<>())
                        .add(i));
        return List.copyOf(groups.values());
    }

    /** What blocks, loss and engine follow from, but for the scale; for a method that cannot share passes, its place too. */
    private static List<@Nullable Object> key(GpuLogisticRegression params, int place) {
        return Arrays.asList(
                params.getLabelCol(),
                params.getFeaturesCol(),
                params.find(params.weightCol()),
                params.find(params.validationIndicatorCol()),
                params.getFamily().toLowerCase(Locale.ROOT),
                params.find(params.engine()),
                params.find(params.precision()),
                params.find(params.seed()),
                params.find(params.shards()),
                sharesPasses(params) ? null : place);
    }

    /** Returns whether each step is over all rows, none waits for validation rows, and no state is to be saved alone. */
    static boolean sharesPasses(GpuLogisticRegression params) {
        return !Optimizers.isMiniBatch(EstimatorSettings.optimizer(params))
                && params.find(params.patience()) == null
                && params.find(params.checkpointDir()) == null;
    }
}
