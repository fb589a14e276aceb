package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgrad.job.TestSpark;

/** Every parameter has two values that give two models, or a reason why none have. A new parameter needs a line here. */
class EveryParamTest {
    private static final Map<String, Case> CASES = Stream.of(
                    // MLlib's
                    differ("featuresCol", "features", "others"),
                    differ("labelCol", "label", "other"),
                    differ("weightCol", "weight", "heavier"),
                    differ("predictionCol", "prediction", "says"),
                    differ("probabilityCol", "probability", "chance"),
                    differ("rawPredictionCol", "rawPrediction", "margin"),
                    differ("maxIter", 1, 5),
                    differ("tol", 0.1, 1e-9),
                    differ("regParam", 0.01, 0.1),
                    differ("elasticNetParam", 0.0, 0.5).at("regParam", 0.1),
                    differ("fitIntercept", true, false),
                    differ("standardization", true, false).at("regParam", 0.1),
                    differ("family", "binomial", "multinomial"),
                    differ("threshold", 0.2, 0.8),
                    differ("thresholds", new double[] {0.2, 0.8}, new double[] {0.8, 0.2}),
                    differ("lowerBoundsOnCoefficients", Matrices.zeros(1, 2), Matrices.ones(1, 2)),
                    differ("upperBoundsOnCoefficients", Matrices.zeros(1, 2), Matrices.ones(1, 2)),
                    differ("lowerBoundsOnIntercepts", Vectors.dense(2), Vectors.dense(3)),
                    differ("upperBoundsOnIntercepts", Vectors.dense(-2), Vectors.dense(-3)),
                    agree("aggregationDepth", 2, 3), // sums merge along a tree of their own
                    agree("maxBlockSizeInMB", 0.0, 1.0), // blocks have a size of their own
                    // ours
                    differ("engine", "cpu", "reference").at("precision", "float"),
                    differ("precision", "float", "double"),
                    differ("optimizer", "lbfgs", "gd"),
                    differ("learningRate", 0.1, 0.2).at("optimizer", "gd"),
                    differ("schedule", "constant", "polynomial").at("optimizer", "gd"),
                    differ("scheduleDecay", 0.5, 0.9).at("optimizer", "gd").at("schedule", "exponential"),
                    differ("scheduleSteps", 2, 4).at("optimizer", "gd").at("schedule", "step"),
                    differ("schedulePower", 0.6, 1.0)
                            .at("optimizer", "gd")
                            .at("schedule", "inverse")
                            .at("scheduleSteps", 2),
                    differ("warmupSteps", 0, 3).at("optimizer", "gd").at("schedule", "cosine"),
                    differ("batchSize", 8, 16).at("optimizer", "sgd"),
                    differ("epochs", 1, 2).at("optimizer", "sgd").at("batchSize", 16),
                    differ("seed", 1L, 2L).at("optimizer", "sgd").at("batchSize", 16),
                    differ("shards", 1, 4).at("optimizer", "sgd").at("batchSize", 16),
                    agree("exchange", "stage", "job"), // the same bits by either
                    agree("checkpointDir", "target/checkpoints/one", "target/checkpoints/other"), // used when stopped
                    differ("validationIndicatorCol", "never", "held"),
                    differ("patience", 1, 50)
                            .at("validationIndicatorCol", "held")
                            .at("optimizer", "sgd")
                            .at("learningRate", 5.0)
                            .at("batchSize", 8)
                            .at("epochs", 12))
            .collect(Collectors.toMap(Case::param, line -> line));

    private final SparkSession spark = TestSpark.session("local[2]");

    /** Two values of a parameter, and what else is set. */
    private record Case(String param, Object one, Object other, boolean effect, Map<String, Object> besides) {
        Case at(String name, Object value) {
            Map<String, Object> more = new LinkedHashMap<>(besides);
            more.put(name, value);
            return new Case(param, one, other, effect, more);
        }
    }

    private static Case differ(String param, Object one, Object other) {
        return new Case(param, one, other, true, Map.of());
    }

    private static Case agree(String param, Object one, Object other) {
        return new Case(param, one, other, false, Map.of());
    }

    static List<String> names() {
        return Arrays.stream(new GpuLogisticRegression().params())
                .map(Param::name)
                .toList();
    }

    @Test
    void everyParamHasACase() {
        assertEquals(new TreeSet<>(names()), new TreeSet<>(CASES.keySet()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesEffect(String name) {
        Case line = Objects.requireNonNull(CASES.get(name), name);
        Dataset<Row> dataset = dataset();
        Set<String> one = seen(line, line.one(), dataset);
        Set<String> other = seen(line, line.other(), dataset);
        if (line.effect()) {
            assertNotEquals(one, other, name);
        } else {
            assertEquals(one, other, name);
        }
    }

    /** Returns all that users see of a model: coefficients, the way to them, and what it adds to rows. */
    private static Set<String> seen(Case line, Object value, Dataset<Row> dataset) {
        GpuLogisticRegression estimator = new GpuLogisticRegression();
        set(estimator, "engine", "cpu");
        set(estimator, "precision", "double");
        set(estimator, "maxIter", 12);
        line.besides().forEach((name, also) -> set(estimator, name, also));
        set(estimator, line.param(), value);
        LogisticRegressionModel model = estimator.fit(dataset);
        List<String> columns = new ArrayList<>(List.of(model.transform(dataset).columns()));
        columns.removeAll(List.of(dataset.columns()));
        String predictions = model.transform(dataset)
                .select(model.getPredictionCol())
                .collectAsList()
                .toString();
        return Set.of(
                columns.toString(),
                Arrays.toString(model.summary().objectiveHistory()),
                model.coefficientMatrix().toString(20, Integer.MAX_VALUE),
                model.interceptVector().toString(),
                predictions);
    }

    private static void set(GpuLogisticRegression estimator, String name, Object value) {
        estimator.set(estimator.getParam(name), value);
    }

    private Dataset<Row> dataset() {
        SplittableRandom random = new SplittableRandom(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            double x = random.nextGaussian();
            double y = 3 * random.nextGaussian();
            double label = x + y / 3 + random.nextGaussian() > 0.3 ? 1 : 0;
            rows.add(RowFactory.create(
                    label,
                    i % 3 == 0 ? 1 - label : label,
                    1.0 + i % 2,
                    1.0 + i % 5,
                    i % 4 == 0,
                    false,
                    Vectors.dense(x, y),
                    Vectors.dense(y, x * x)));
        }
        StructType schema = new StructType()
                .add("label", "double")
                .add("other", "double")
                .add("weight", "double")
                .add("heavier", "double")
                .add("held", "boolean")
                .add("never", "boolean")
                .add("features", SQLDataTypes.VectorType())
                .add("others", SQLDataTypes.VectorType());
        return spark.createDataFrame(rows, schema);
    }
}
