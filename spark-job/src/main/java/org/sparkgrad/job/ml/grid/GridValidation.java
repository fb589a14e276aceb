package org.sparkgrad.job.ml.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.ml.dataset.ArrayVectors;
import org.sparkgrad.job.ml.dataset.Folds;
import org.sparkgrad.job.ml.fit.BlockParams;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.spark.JobScope;

/**
 * The common part of cross-validation and train-validation split: trains each setting of an estimator without some
 * folds and scores the model on these folds. All models whose parameters allow it are trained together over one copy of
 * the rows, including the final model on all rows.
 */
public final class GridValidation implements AutoCloseable {
    private final Dataset<?> dataset;
    private final Folds folds;
    private final ParamMap[] paramMaps;
    private final List<TrainingParams> estimators;
    private @Nullable GridTraining training;

    /**
     * @param dataset rows with their folds; persist it, because both training and scoring read it
     * @param estimator an estimator for which {@link #refusal} returns no reason
     */
    public GridValidation(Dataset<?> dataset, Folds folds, Estimator<?> estimator, ParamMap[] paramMaps) {
        this.dataset = dataset;
        this.folds = folds;
        this.paramMaps = paramMaps;
        this.estimators = copies(estimator, paramMaps);
    }

    private static List<TrainingParams> copies(Estimator<?> estimator, ParamMap[] paramMaps) {
        return Arrays.stream(paramMaps)
                .map(map -> (TrainingParams) estimator.copy(map))
                .toList();
    }

    /**
     * Returns the dataset with arrays of features converted to vectors, because the stock models that score take only
     * vectors.
     */
    public static Dataset<Row> vectors(Dataset<?> dataset, Estimator<?> estimator, ParamMap[] paramMaps) {
        Dataset<Row> vectors = dataset.toDF();
        if (estimator instanceof TrainingParams) {
            for (TrainingParams params : copies(estimator, paramMaps)) {
                vectors = ArrayVectors.of(vectors, params.getFeaturesCol());
            }
        }
        return vectors;
    }

    /** Returns the reason why models cannot be trained together, or empty. */
    public static Optional<String> refusal(Estimator<?> estimator, ParamMap[] paramMaps, int folds) {
        if (!(estimator instanceof TrainingParams)) {
            return Optional.of(
                    "the estimator is a " + estimator.getClass().getSimpleName() + ", not a GpuLogisticRegression");
        }
        if (folds > GridModel.MOST_FOLDS) {
            return Optional.of("there are more than " + GridModel.MOST_FOLDS + " folds");
        }
        return copies(estimator, paramMaps).stream().allMatch(BlockParams::sharesPasses)
                ? Optional.empty()
                : Optional.of(
                        "a mini-batch method takes other rows in each step, patience waits for others, and checkpoints are of one model");
    }

    /** Trains all settings without each of the given folds, and returns the models by fold and setting. */
    public LogisticRegressionModel[][] train(int... leftOut) {
        LogisticRegressionModel[][] models = new LogisticRegressionModel[leftOut.length][estimators.size()];
        List<List<Integer>> groups = Grid.groups(estimators);
        for (List<Integer> group : groups) {
            List<TrainingParams> together = group.stream().map(estimators::get).toList();
            List<Candidate> candidates = new ArrayList<>();
            for (int fold : leftOut) {
                candidates.addAll(Grid.candidates(together, fold));
            }
            close();
            training = Grid.open(dataset, folds, together);
            List<LogisticRegressionModel> fitted = Grid.train(training, candidates);
            for (int i = 0; i < fitted.size(); i++) {
                models[i / group.size()][group.get(i % group.size())] = fitted.get(i);
            }
        }
        if (groups.size() > 1) {
            close(); // the best setting may belong to an earlier group
        }
        return models;
    }

    /** Scores models on the rows that they left out, and returns the scores by fold and setting. */
    public double[][] score(LogisticRegressionModel[][] models, Evaluator evaluator, int parallelism, int... leftOut) {
        LogisticRegressionModel[][] scorers = new LogisticRegressionModel[folds.count()][];
        for (int f = 0; f < leftOut.length; f++) {
            LogisticRegressionModel[] ofFold = models[f];
            scorers[leftOut[f]] = IntStream.range(0, paramMaps.length)
                    .mapToObj(p -> FoldScores.bare(ofFold[p].copy(paramMaps[p])))
                    .toArray(LogisticRegressionModel[]::new);
        }
        Optional<FoldScores> together = FoldScores.of(dataset, folds, scorers, evaluator);
        List<Callable<Double>> tasks = new ArrayList<>();
        for (int fold : leftOut) {
            Dataset<?> validation = folds.only(dataset, fold);
            for (int p = 0; p < paramMaps.length; p++) {
                LogisticRegressionModel model = scorers[fold][p];
                int setting = p;
                tasks.add(() -> evaluator.evaluate(
                        together.map(narrow -> narrow.of(fold, setting)).orElseGet(() -> model.transform(validation))));
            }
        }
        List<Double> scores;
        try {
            scores = inParallel(tasks, parallelism);
        } finally {
            together.ifPresent(FoldScores::close);
        }
        double[][] byFold = new double[leftOut.length][paramMaps.length];
        for (int i = 0; i < scores.size(); i++) {
            byFold[i / paramMaps.length][i % paramMaps.length] = scores.get(i);
        }
        return byFold;
    }

    private List<Double> inParallel(List<Callable<Double>> tasks, int parallelism) {
        ExecutorService threads = Executors.newFixedThreadPool(parallelism);
        try {
            List<Double> scores = new ArrayList<>();
            for (Future<Double> score : threads.invokeAll(tasks)) {
                scores.add(score.get());
            }
            return scores;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interrupted) {
            JobScope.cancelJobs(dataset.sparkSession().sparkContext());
            throw JobScope.interrupted(interrupted);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns the index of the best score; the first of equal scores. */
    public static int best(double[] scores, boolean largerIsBetter) {
        int best = 0;
        for (int p = 1; p < scores.length; p++) {
            if (largerIsBetter ? scores[p] > scores[best] : scores[p] < scores[best]) {
                best = p;
            }
        }
        return best;
    }

    /** Trains one setting on other rows than those with folds. */
    public LogisticRegressionModel refit(int setting, Dataset<?> rows) {
        close();
        return estimators.get(setting).fit(rows);
    }

    /** Trains one setting on all rows. */
    public LogisticRegressionModel refit(int setting) {
        TrainingParams params = estimators.get(setting);
        return training == null
                ? params.fit(folds.without(dataset, GridModel.NONE))
                : Grid.train(training, List.of(new Candidate(params, GridModel.NONE)))
                        .get(0);
    }

    /** Drops the rows from the engines. */
    @Override
    public void close() {
        if (training != null) {
            training.close();
            training = null;
        }
    }
}
