package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.LearningProblem.Penalty;
import org.sparkgrad.job.problem.JobException;

/** Datasets and parameters that users of MLlib have, answered as MLlib does, or by a sentence. */
class EstimatorCasesTest {
    private static final double CLOSE = 1e-6;

    /** Rows that tasks have read, which run in this JVM. */
    private static final AtomicLong READ = new AtomicLong();

    private final SparkSession spark = TestSpark.session("local[2]");
    private final Dataset<Row> dataset =
            new LearningProblem(2, false, true, true, Penalty.L2, true, false).dataset(spark);

    @TempDir
    private Path folder;

    private static <E extends LogisticRegression> E set(E estimator) {
        estimator.setWeightCol("weight").setRegParam(0.01).setTol(1e-9).setMaxIter(200);
        return estimator;
    }

    private static GpuLogisticRegression ours(String precision) {
        return set(new GpuLogisticRegression().setEngine("cpu").setPrecision(precision));
    }

    private static void assertSame(LogisticRegressionModel expected, LogisticRegressionModel found, double tolerance) {
        assertEquals(expected.numClasses(), found.numClasses());
        assertArrayEquals(
                expected.coefficientMatrix().toArray(),
                found.coefficientMatrix().toArray(),
                tolerance);
        assertArrayEquals(
                expected.interceptVector().toArray(), found.interceptVector().toArray(), tolerance);
    }

    /** Rows without a fold are in no fold's models, and in the best model. */
    @Test
    void rowsWithoutAFoldTrainTheBestModel() {
        Dataset<Row> folded = dataset.withColumn("h", functions.expr("abs(hash(features)) % 5"))
                .withColumn("part", functions.expr("CASE WHEN h < 3 THEN h END"));
        CrossValidatorModel expected = validated(new CrossValidator(), set(new LogisticRegression()), folded);
        folded.persist();
        CrossValidatorModel found = validated(new GpuCrossValidator(), ours("double"), folded);
        assertTrue(folded.storageLevel().useMemory(), "what the caller has persisted stays so");
        folded.unpersist();
        assertArrayEquals(expected.avgMetrics(), found.avgMetrics(), CLOSE);
        LogisticRegressionModel best = (LogisticRegressionModel) found.bestModel();
        assertSame((LogisticRegressionModel) expected.bestModel(), best, CLOSE);
        assertEquals(dataset.count(), best.summary().predictions().count());
    }

    private static CrossValidatorModel validated(
            CrossValidator validator, LogisticRegression estimator, Dataset<Row> folded) {
        return validated(validator, estimator, folded, new BinaryClassificationEvaluator());
    }

    private static CrossValidatorModel validated(
            CrossValidator validator, LogisticRegression estimator, Dataset<Row> folded, Evaluator evaluator) {
        ParamMap[] settings = new ParamGridBuilder()
                .addGrid(estimator.regParam(), new double[] {0.01, 1})
                .build();
        return validator
                .setEstimator(estimator)
                .setEstimatorParamMaps(settings)
                .setEvaluator(evaluator)
                .setNumFolds(3)
                .setFoldCol("part")
                .fit(folded);
    }

    /** A fold that holds all rows of a class leaves the other class to train on, and a fold of one class to measure. */
    @ParameterizedTest
    @ValueSource(strings = {"areaUnderROC", "accuracy", "logLoss"})
    void foldsOfOneClassAreScoredAsMllibDoes(String metric) {
        Evaluator evaluator = metric.startsWith("area")
                ? new BinaryClassificationEvaluator().setMetricName(metric)
                : new MulticlassClassificationEvaluator().setMetricName(metric);
        for (String division : new String[] {
            "IF(label = 1, 0, 1 + abs(hash(features)) % 2)", "IF(label = 1, 2, abs(hash(features)) % 2)"
        }) {
            Dataset<Row> folded = dataset.withColumn("part", functions.expr(division));
            String expected = answer(new CrossValidator(), set(new LogisticRegression()), folded, evaluator);
            assertEquals(expected, answer(new GpuCrossValidator(), ours("double"), folded, evaluator), division);
        }
    }

    /** Returns the metrics, or what an evaluator says of a model of one class, whose raw predictions are single numbers. */
    private static String answer(
            CrossValidator validator, LogisticRegression estimator, Dataset<Row> folded, Evaluator evaluator) {
        try {
            double[] metrics =
                    validated(validator, estimator, folded, evaluator).avgMetrics();
            return "%.6f %.6f".formatted(metrics[0], metrics[1]);
        } catch (Exception failure) { // Spark's are checked ones that no signature declares
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return String.valueOf(cause.getMessage());
        }
    }

    @Test
    void aLabelOfRowsWithoutWeightIsNoClass() {
        Dataset<Row> withThird = dataset.withColumn(
                        "label", functions.expr("IF(abs(hash(features)) % 10 = 0, 2.0, label)"))
                .withColumn("weight", functions.expr("IF(label = 2.0, 0.0, weight)"));
        LogisticRegressionModel expected = set(new LogisticRegression()).fit(withThird);
        assertEquals(2, expected.numClasses());
        for (String precision : new String[] {"double", "float"}) {
            assertSame(expected, ours(precision).fit(withThird), precision.equals("double") ? CLOSE : 1e-3);
        }
        CrossValidatorModel grid = validated(
                new GpuCrossValidator(),
                ours("double"),
                withThird.withColumn("part", functions.expr("abs(hash(features, 1)) % 3")));
        assertEquals(2, ((LogisticRegressionModel) grid.bestModel()).numClasses());
    }

    /** Weights count by their ratios alone. */
    @ParameterizedTest
    @CsvSource({"float, 1e-300", "float, 1e300", "double, 1e-300", "double, 1e300", "double, 1e-160", "float, 1e25"})
    void weightsOfAnySizeCountByTheirRatios(String precision, double factor) {
        LogisticRegressionModel expected = ours(precision).fit(dataset);
        Dataset<Row> scaled =
                dataset.withColumn("weight", functions.col("weight").multiply(factor));
        LogisticRegressionModel found = ours(precision).fit(scaled);
        assertSame(expected, found, CLOSE);
        assertFalse(found.coefficients().numNonzeros() == 0);
        CrossValidatorModel grid = validated(
                new GpuCrossValidator(),
                ours(precision),
                scaled.withColumn("part", functions.expr("abs(hash(features)) % 3")));
        assertSame(expected, (LogisticRegressionModel) grid.bestModel(), precision.equals("double") ? CLOSE : 1e-3);
    }

    /** A scaled feature's coefficient is scaled the other way, or the feature is named; it is never 0. */
    @ParameterizedTest
    @CsvSource({"float, true, 1e25", "double, true, 1e100", "double, true, 1e-100", "double, false, 1e3"})
    void largeFeaturesAreScaled(String precision, boolean standardized, double factor) {
        LogisticRegressionModel expected =
                ours(precision).setStandardization(standardized).setRegParam(0).fit(dataset);
        LogisticRegressionModel found =
                ours(precision).setStandardization(standardized).setRegParam(0).fit(scaledBy(factor));
        for (int j = 0; j < expected.numFeatures(); j++) {
            double coefficient = expected.coefficients().apply(j);
            assertEquals(
                    coefficient,
                    found.coefficients().apply(j) * factor,
                    (precision.equals("float") ? 1e-3 : 1e-5) * (1 + Math.abs(coefficient)));
        }
    }

    @ParameterizedTest
    @CsvSource({"float, false, 1e20, large", "double, true, 1e200, large", "double, true, 1e-200, small"})
    void featuresBeyondAllNumbersAreNamed(String precision, boolean standardized, double factor, String said) {
        JobException problem = assertThrows(
                JobException.class,
                () -> ours(precision).setStandardization(standardized).fit(scaledBy(factor)));
        String message = String.valueOf(problem.getMessage());
        assertTrue(message.startsWith("feature 0 has values as " + said), message);
    }

    private Dataset<Row> scaledBy(double factor) {
        return dataset.withColumn(
                "features",
                functions
                        .udf(
                                (Vector vector) -> {
                                    double[] scaled = vector.toArray().clone();
                                    Arrays.setAll(scaled, j -> scaled[j] * factor);
                                    return Vectors.dense(scaled);
                                },
                                SQLDataTypes.VectorType())
                        .apply(functions.col("features")));
    }

    @Test
    void errorsNameParameters() {
        GpuLogisticRegression warm = ours("double")
                .setOptimizer("adam")
                .setSchedule("cosine")
                .setBatchSize(16)
                .setEpochs(1)
                .setWarmupSteps(100_000);
        JobException problem = assertThrows(JobException.class, () -> warm.fit(dataset));
        String message = String.valueOf(problem.getMessage());
        assertTrue(message.contains("warmupSteps 100000") && message.contains("maxIter"), message);
        assertFalse(message.contains("--"), message);
    }

    /** Each reading draws other labels, as a random column or a changing source does. */
    @Test
    void labelsThatChangeBetweenTwoReadingsAreSaid() {
        long rows = dataset.count();
        READ.set(0);
        Dataset<Row> changing = dataset.withColumn(
                "label",
                functions
                        .udf((Double label) -> READ.incrementAndGet() > rows ? label + 5 : label, DataTypes.DoubleType)
                        .asNondeterministic()
                        .apply(functions.col("label")));
        ParamMap[] one = {ParamMap.empty(), ParamMap.empty()};
        Throwable problem = assertThrows(Throwable.class, () -> ours("double").fit(changing.coalesce(1), one));
        assertTrue(
                String.valueOf(problem.getMessage()).contains("changes from one time to the next"), problem.toString());
    }

    @Test
    void mllibsSavedEstimatorIsLoaded() throws IOException {
        LogisticRegression stock =
                set(new LogisticRegression()).setElasticNetParam(0.25).setThreshold(0.4);
        String path = folder.resolve("stock").toString();
        stock.save(path);
        GpuLogisticRegression loaded = GpuLogisticRegression.load(path);
        assertEquals(stock.uid(), loaded.uid());
        assertEquals(0.25, loaded.getElasticNetParam());
        assertEquals(0.4, loaded.getThreshold());
        assertEquals("weight", loaded.getWeightCol());
        GpuLogisticRegression again = loaded.setEngine("cpu");
        again.write().overwrite().save(path);
        assertEquals("cpu", GpuLogisticRegression.load(path).find(again.engine()));
        new BinaryClassificationEvaluator().save(folder.resolve("other").toString());
        IllegalArgumentException problem = assertThrows(
                IllegalArgumentException.class,
                () -> GpuLogisticRegression.load(folder.resolve("other").toString()));
        assertTrue(String.valueOf(problem.getMessage()).contains("BinaryClassificationEvaluator"), problem.toString());
    }
}
