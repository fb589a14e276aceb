package org.sparkgrad.job.ml.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.ml.dataset.ArrayVectors;
import org.sparkgrad.job.ml.dataset.DoubleColumns;
import org.sparkgrad.job.ml.dataset.Folds;
import org.sparkgrad.job.ml.fit.BlockParams;
import org.sparkgrad.job.ml.fit.EstimatorErrors;
import org.sparkgrad.job.ml.params.TrainingParams;

/** Fits an estimator with several parameter maps. */
public final class Grid {
    private Grid() {}

    /** Fits a model for each parameter map. */
    public static List<LogisticRegressionModel> fit(
            TrainingParams estimator, Dataset<?> dataset, List<ParamMap> paramMaps) {
        List<TrainingParams> copies = paramMaps.stream().map(estimator::copy).toList();
        LogisticRegressionModel[] models = new LogisticRegressionModel[copies.size()];
        for (List<Integer> group : groups(copies)) {
            List<TrainingParams> together = group.stream().map(copies::get).toList();
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
    static List<Candidate> candidates(List<TrainingParams> estimators, int leftOut) {
        return estimators.stream().map(params -> new Candidate(params, leftOut)).toList();
    }

    /** Checks the columns and counts the rows, as the fit of one estimator does. */
    static GridTraining open(Dataset<?> dataset, Folds folds, List<TrainingParams> estimators) {
        estimators.forEach(params -> params.transformSchema(dataset.schema()));
        TrainingParams columns = estimators.get(0);
        return new GridTraining(
                ArrayVectors.of(DoubleColumns.of(dataset, columns), columns.getFeaturesCol()), folds, estimators);
    }

    /** Trains candidates, and reports the models as the fit of one estimator does. */
    static List<LogisticRegressionModel> train(GridTraining training, List<Candidate> candidates) {
        List<LogisticRegressionModel> models = EstimatorErrors.named(() -> training.train(candidates));
        for (int i = 0; i < models.size(); i++) {
            models.get(i).setParent(candidates.get(i).params());
        }
        return models;
    }

    /** Returns the indices of estimators that can be trained over the same blocks, group by group, in order. */
    static List<List<Integer>> groups(List<TrainingParams> estimators) {
        Map<List<@Nullable Object>, List<Integer>> groups = new LinkedHashMap<>();
        IntStream.range(0, estimators.size())
                .forEach(i -> groups.computeIfAbsent(key(estimators.get(i), i), key -> new ArrayList<>())
                        .add(i));
        return List.copyOf(groups.values());
    }

    /**
     * Returns the key of a group. For a method that cannot share passes, the key contains the index of the estimator.
     */
    private static List<@Nullable Object> key(TrainingParams params, int place) {
        List<@Nullable Object> key = new ArrayList<>(BlockParams.inAnyScale(params));
        key.add(BlockParams.sharesPasses(params) ? null : place);
        return key;
    }
}
