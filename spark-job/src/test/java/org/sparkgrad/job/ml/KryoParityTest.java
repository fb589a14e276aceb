package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.LearningProblem.Penalty;

/** The estimators in sessions whose serializer is Kryo, which knows no class of ours. */
class KryoParityTest {
    private static final LearningProblem BINARY = new LearningProblem(2, false, true, true, Penalty.L2, true, false);

    private final GpuLogisticRegression estimator =
            new GpuLogisticRegression().setEngine("cpu").setPrecision("double").setWeightCol("weight");

    private final ParamMap[] settings = new ParamGridBuilder()
            .addGrid(estimator.regParam(), new double[] {1, 0.01})
            .build();

    /** MLlib's own fit needs its own classes to be registered, as its evaluators do, so that Kryo takes any here. */
    private static SparkSession lenient(String master) throws IOException {
        return TestSpark.cluster(master, TestSpark.lenientKryo());
    }

    @Test
    void theOptimumIsMllibs() throws IOException {
        SparkSession session = lenient("local[2]");
        try {
            List<LearningProblem> problems = MllibParityTest.problems().toList();
            IntStream.range(0, problems.size())
                    .filter(p -> p % 8 == 0)
                    .forEach(p -> MllibParityTest.check(problems.get(p), session));
        } finally {
            session.stop();
        }
    }

    @Test
    void everyFitHasTheModelOfJavasSerializer() throws IOException {
        SparkSession java = TestSpark.session("local[2]");
        Map<String, double[]> expected = new TreeMap<>(fits(java));
        expected.putAll(validations(java));
        SparkSession strict = TestSpark.cluster("local[2]", TestSpark.kryo());
        Map<String, double[]> found;
        try {
            found = fits(strict);
        } finally {
            strict.stop();
        }
        SparkSession cluster = lenient("local-cluster[2,1,1024]");
        try {
            fits(cluster).forEach((fit, numbers) -> assertArrayEquals(numbers, found.get(fit), fit));
            found.putAll(validations(cluster));
        } finally {
            cluster.stop();
        }
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((fit, numbers) -> assertArrayEquals(numbers, found.get(fit), fit));
    }

    private Map<String, double[]> fits(SparkSession session) {
        Dataset<Row> rows = BINARY.dataset(session);
        Map<String, double[]> fits = new TreeMap<>();
        for (String exchange : List.of("stage", "job")) {
            fits.put("fit " + exchange, numbers(estimator.setExchange(exchange).fit(rows)));
        }
        rows.unpersist();
        return fits;
    }

    private Map<String, double[]> validations(SparkSession session) {
        Dataset<Row> rows = BINARY.dataset(session)
                .coalesce(1) // a split is one of partitions
                .withColumn("fold", functions.pmod(functions.hash(functions.col("features")), functions.lit(2)));
        Map<String, double[]> fits = new TreeMap<>();
        for (String exchange : List.of("stage", "job")) {
            estimator.setExchange(exchange);
            GpuCrossValidator folds = new GpuCrossValidator();
            folds.setEstimator(estimator)
                    .setEstimatorParamMaps(settings)
                    .setEvaluator(new BinaryClassificationEvaluator())
                    .setNumFolds(2)
                    .setFoldCol("fold");
            var crossed = folds.fit(rows);
            fits.put("folds " + exchange, numbers((LogisticRegressionModel) crossed.bestModel()));
            fits.put("scores of folds " + exchange, crossed.avgMetrics());
            GpuTrainValidationSplit split = new GpuTrainValidationSplit();
            split.setEstimator(estimator)
                    .setEstimatorParamMaps(settings)
                    .setEvaluator(new BinaryClassificationEvaluator())
                    .setSeed(7);
            var halved = split.fit(rows);
            fits.put("split " + exchange, numbers((LogisticRegressionModel) halved.bestModel()));
            fits.put("scores of split " + exchange, halved.validationMetrics());
        }
        rows.unpersist();
        return fits;
    }

    private static double[] numbers(LogisticRegressionModel model) {
        double[] numbers = java.util.Arrays.copyOf(model.coefficients().toArray(), model.numFeatures() + 1);
        numbers[numbers.length - 1] = model.intercept();
        return numbers;
    }
}
