package org.sparkgrad.job.ml.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.GpuLogisticRegression;
import org.sparkgrad.job.ml.LearningProblem;
import org.sparkgrad.job.ml.LearningProblem.Layout;
import org.sparkgrad.job.ml.LearningProblem.Penalty;
import org.sparkgrad.job.ml.dataset.Folds;
import org.sparkgrad.job.ml.params.TrainingParams;
import scala.collection.JavaConverters;

/** Models that share passes are those of separate fits. */
class GridTest {
    private static final int FOLDS = 3;

    private final SparkSession spark = TestSpark.session("local[2]");

    @ParameterizedTest
    @CsvSource({
        "2, DENSE, true, true, L2, true, false",
        "2, DENSE, false, true, ELASTIC, false, false",
        "2, SPARSE, true, false, L1, true, false",
        "2, DENSE, true, true, L2, false, true",
        "3, DENSE, true, false, NONE, false, false",
        "3, SPARSE, false, true, L2, true, false",
        "2, WIDE_AND_FAR, true, false, L2, false, true",
        "2, WIDE_AND_FAR, true, true, L1, true, false",
        "3, WIDE_AND_FAR, true, true, ELASTIC, true, false"
    })
    void everyModelOfAGridIsThatOfItsOwnFit(
            int classes,
            Layout layout,
            boolean intercept,
            boolean standardization,
            Penalty penalty,
            boolean weights,
            boolean bounds) {
        LearningProblem problem =
                new LearningProblem(classes, layout, intercept, standardization, penalty, weights, bounds);
        Dataset<Row> dataset = problem.dataset(spark)
                .withColumn("fold", functions.expr("abs(hash(features)) % " + FOLDS))
                .cache();
        GpuLogisticRegression estimator = problem.set(new GpuLogisticRegression())
                .setEngine("cpu")
                .setPrecision("double")
                .setTol(1e-10);
        ParamMap[] maps = new ParamGridBuilder()
                .addGrid(estimator.regParam(), new double[] {penalty.regParam + 0.001})
                .addGrid(estimator.maxIter(), new int[] {3, 1000})
                .build();
        List<TrainingParams> estimators = java.util.Arrays.stream(maps)
                .<TrainingParams>map(estimator::copy)
                .toList();
        List<Candidate> candidates = new ArrayList<>();
        for (int fold = -1; fold < FOLDS; fold++) {
            candidates.addAll(Grid.candidates(estimators, fold));
        }
        Folds folds = new Folds("fold", FOLDS);
        try (GridTraining training = Grid.open(dataset, folds, estimators)) {
            List<LogisticRegressionModel> models = Grid.train(training, candidates);
            for (int i = 0; i < models.size(); i++) {
                TrainingParams params = candidates.get(i).params();
                assertSame(models.get(i).parent(), params);
                LogisticRegressionModel alone =
                        params.fit(folds.without(dataset, candidates.get(i).leftOut()));
                assertSameFit(alone, models.get(i), params.getMaxIter() == 3);
            }
        }
        dataset.unpersist();
    }

    private static void assertSameFit(LogisticRegressionModel alone, LogisticRegressionModel model, boolean cut) {
        assertArrayEquals(
                alone.coefficientMatrix().toArray(), model.coefficientMatrix().toArray(), 1e-6);
        assertArrayEquals(
                alone.interceptVector().toArray(), model.interceptVector().toArray(), 1e-6);
        double[] expected = alone.summary().objectiveHistory();
        double[] history = model.summary().objectiveHistory();
        if (cut) {
            assertArrayEquals(expected, history, 1e-9);
        }
        assertEquals(expected[0], history[0], 1e-12);
        assertEquals(expected[expected.length - 1], history[history.length - 1], 1e-9);
        assertEquals(history.length - 1, model.summary().totalIterations());
        assertEquals(
                alone.summary().predictions().count(),
                model.summary().predictions().count());
        assertEquals(alone.summary().accuracy(), model.summary().accuracy(), 1e-12);
    }

    @Test
    void theExchangeChangesNoBitOfAGrid() {
        Dataset<Row> dataset = new LearningProblem(3, false, true, true, Penalty.L2, true, false).dataset(spark);
        GpuLogisticRegression estimator = new GpuLogisticRegression().setEngine("cpu");
        ParamMap[] maps = new ParamGridBuilder()
                .addGrid(estimator.regParam(), new double[] {0.001, 0.01, 0.1})
                .build();
        List<LogisticRegressionModel> byJobs = estimator.setExchange("job").fit(dataset, maps);
        List<LogisticRegressionModel> byStages = estimator.setExchange("stage").fit(dataset, maps);
        for (int i = 0; i < maps.length; i++) {
            assertEquals(byJobs.get(i).coefficientMatrix(), byStages.get(i).coefficientMatrix());
            assertEquals(byJobs.get(i).interceptVector(), byStages.get(i).interceptVector());
        }
    }

    @Test
    void parametersThatChangeBlocksSplitTheGrid() {
        Dataset<Row> dataset = new LearningProblem(2, false, true, true, Penalty.L2, true, false).dataset(spark);
        GpuLogisticRegression estimator = new GpuLogisticRegression()
                .setEngine("cpu")
                .setPrecision("double")
                .setTol(1e-9);
        ParamMap[] maps = {
            new ParamMap().put(estimator.regParam().w(0.1)),
            new ParamMap().put(estimator.weightCol().w("weight")),
            new ParamMap().put(estimator.optimizer().w("adam")),
            new ParamMap().put(estimator.standardization().w(false)),
            new ParamMap().put(estimator.family().w("multinomial")),
            new ParamMap().put(estimator.fitIntercept().w(false))
        };
        List<TrainingParams> estimators = java.util.Arrays.stream(maps)
                .<TrainingParams>map(estimator::copy)
                .toList();
        assertEquals(List.of(List.of(0, 3, 5), List.of(1), List.of(2), List.of(4)), Grid.groups(estimators));
        List<LogisticRegressionModel> models = estimator.fit(dataset, maps);
        for (int i = 0; i < maps.length; i++) {
            LogisticRegressionModel alone = estimator.fit(dataset, maps[i]);
            assertArrayEquals(
                    alone.coefficientMatrix().toArray(),
                    models.get(i).coefficientMatrix().toArray(),
                    1e-6);
        }
        var scala = estimator.fit(
                dataset, JavaConverters.asScalaBuffer(List.of(maps)).toSeq());
        assertEquals(models.get(0).coefficients(), scala.apply(0).coefficients());
        dataset.unpersist();
    }

    /** Programs run on threads of their own; how fast each is decides nothing. */
    @Test
    void aGridHasTheSameBitsEveryTime() {
        Dataset<Row> dataset = new LearningProblem(3, false, true, true, Penalty.L2, true, false).dataset(spark);
        GpuLogisticRegression estimator =
                new GpuLogisticRegression().setEngine("cpu").setWeightCol("weight");
        ParamMap[] maps = new ParamGridBuilder()
                .addGrid(estimator.regParam(), new double[] {0, 1e-3, 0.01, 0.1, 1})
                .addGrid(estimator.elasticNetParam(), new double[] {0, 0.5, 1})
                .build();
        List<LogisticRegressionModel> first = estimator.fit(dataset, maps);
        for (int turn = 0; turn < 3; turn++) {
            List<LogisticRegressionModel> again = estimator.fit(dataset.repartition(turn + 1), maps);
            for (int i = 0; i < maps.length; i++) {
                assertEquals(first.get(i).coefficientMatrix(), again.get(i).coefficientMatrix());
                assertEquals(first.get(i).interceptVector(), again.get(i).interceptVector());
            }
        }
        dataset.unpersist();
    }

    @Test
    void oneThatFailsEndsTheGridAndNothingIsLeft() {
        Dataset<Row> dataset = new LearningProblem(2, false, true, true, Penalty.L2, false, false).dataset(spark);
        GpuLogisticRegression estimator = new GpuLogisticRegression()
                .setEngine("cpu")
                .setOptimizer("gd")
                .setStandardization(false)
                .setRegParam(1);
        ParamMap[] maps = {
            new ParamMap().put(estimator.learningRate().w(0.01)),
            new ParamMap().put(estimator.learningRate().w(1e300))
        };
        int persisted = spark.sparkContext().getPersistentRDDs().size();
        RuntimeException failure = assertThrows(RuntimeException.class, () -> estimator.fit(dataset, maps));
        assertTrue(String.valueOf(failure.getMessage()).contains("no finite number"), failure.getMessage());
        assertEquals(persisted, spark.sparkContext().getPersistentRDDs().size());
        dataset.unpersist();
    }
}
