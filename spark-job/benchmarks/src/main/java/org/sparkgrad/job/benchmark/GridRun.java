package org.sparkgrad.job.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.sparkgrad.job.ml.GpuCrossValidator;
import org.sparkgrad.job.ml.GpuLogisticRegression;

/**
 * One case of {@link GridSuite} in this JVM, over rows in Spark's memory, in double. Takes the case, the rounds and the
 * systems; prints a JSON object for each metric.
 */
public final class GridRun {
    private static final double NANOS = 1e9;

    private final GridCase data;
    private final SparkSession spark;
    private final LongAccumulator read;
    private final GpuLogisticRegression estimator = new GpuLogisticRegression()
            .setEngine("cpu")
            .setPrecision("double")
            .setTol(1e-8)
            .setMaxIter(200);
    private final Map<String, CrossValidatorModel> models = new TreeMap<>();

    private GridRun(GridCase data, SparkSession spark) {
        this.data = data;
        this.spark = spark;
        this.read = spark.sparkContext().longAccumulator();
    }

    /** Measures. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        GridCase data = GridCase.parse(given.get(0));
        try (SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate()) {
            new GridRun(data, spark).run(Integer.parseInt(given.get(1)), given.subList(2, given.size()));
        }
    }

    private void run(int rounds, List<String> systems) {
        Dataset<Row> cached = GridCase.cached(data.dataset(spark, read));
        Map<String, List<Double>> seconds = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String system : systems) {
                if (round == 0 || !system.equals("cv-stock")) {
                    long start = System.nanoTime();
                    turn(system, cached);
                    double taken = (System.nanoTime() - start) / NANOS;
                    System.err.printf(Locale.ROOT, "%s %s, round %d: %.3f s%n", data.name(), system, round, taken);
                    seconds.computeIfAbsent(system, key -> new ArrayList<>()).add(taken);
                }
            }
        }
        cached.unpersist(true);
        systems.forEach(system -> add(system, "seconds", "s", seconds.getOrDefault(system, List.of())));
        if (models.size() == 2) {
            add("grid", "largestDifference", "coefficient", List.of(difference()));
        }
        for (String system : systems) {
            read.reset();
            if (!system.equals("cv-stock")) {
                turn(system, data.dataset(spark, read));
                add(system, "sourcePasses", "passes", List.of(read.value() / (double) data.rows()));
            }
        }
    }

    private void turn(String system, Dataset<Row> dataset) {
        switch (system) {
            case "one-fit" -> estimator.fit(dataset, data.maps(estimator)[data.settings() / 2]);
            case "grid" -> models.put(system, validate(new GpuCrossValidator(), dataset));
            case "cv-stock" -> models.put(system, validate(new CrossValidator(), dataset));
            default -> throw new IllegalArgumentException("no system " + system);
        }
    }

    private CrossValidatorModel validate(CrossValidator validator, Dataset<Row> dataset) {
        return validator
                .setEstimator(estimator)
                .setEstimatorParamMaps(data.maps(estimator))
                .setEvaluator(new BinaryClassificationEvaluator())
                .setNumFolds(data.folds())
                .setCollectSubModels(true)
                .fit(dataset);
    }

    private double difference() {
        Model<?>[][] grid = subModels("grid");
        Model<?>[][] alone = subModels("cv-stock");
        double most = 0;
        for (int fold = 0; fold < data.folds(); fold++) {
            for (int setting = 0; setting < data.settings(); setting++) {
                double[] one = coefficients(grid[fold][setting]);
                double[] other = coefficients(alone[fold][setting]);
                most = Math.max(
                        most,
                        IntStream.range(0, one.length)
                                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                                .max()
                                .orElse(0));
            }
        }
        return most;
    }

    private Model<?>[][] subModels(String system) {
        return Objects.requireNonNull(models.get(system)).subModels();
    }

    private static double[] coefficients(Model<?> model) {
        return ((LogisticRegressionModel) model).coefficients().toArray();
    }

    private void add(String system, String metric, String unit, List<Double> values) {
        System.out.println(SuiteProcess.result("grid", data.name(), system, metric, unit, values));
    }
}
