package org.sparkgrad.job.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.config.GenerateSettings;
import org.sparkgrad.job.config.ScoreConfiguration;
import org.sparkgrad.job.generate.Instances;
import org.sparkgrad.job.run.Scoring;

/**
 * One case of {@link PredictSuite} in this JVM, over generated files on the local disk: FORMAT-ROWSxFEATURES. Takes the
 * case and the systems; prints a JSON object for each metric.
 */
public final class PredictRun {

    /** What share of the rows warms the JVM up. */
    private static final int WARM_UP = 20;

    private static final double NANOS = 1e9;
    private static final Pattern NAME = Pattern.compile("(csv|parquet)-(\\d+)x(\\d+)");

    private final String name;
    private final String format;
    private final int features;
    private final SparkSession spark;
    private final Path folder;

    private PredictRun(String name, SparkSession spark, Path folder) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no case " + name + ": csv-ROWSxFEATURES, parquet-ROWSxFEATURES");
        }
        this.name = name;
        this.format = matcher.group(1);
        this.features = Integer.parseInt(matcher.group(3));
        this.spark = spark;
        this.folder = folder;
        long rows = Long.parseLong(matcher.group(2));
        generate("data", rows);
        generate("warm-up", Math.max(2, rows / WARM_UP));
    }

    private void generate(String data, long rows) {
        GenerateSettings.Format written =
                format.equals("csv") ? GenerateSettings.Format.CSV : GenerateSettings.Format.PARQUET;
        Instances.write(
                spark,
                new GenerateSettings(GenerateSettings.Kind.DENSE, rows, features, 2, 1, 1, written, path(data), true));
    }

    /** Measures. */
    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        Path folder = Files.createTempDirectory("predict");
        try (SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", folder.toString())
                .getOrCreate()) {
            PredictRun run = new PredictRun(given.get(0), spark, folder);
            run.saveModel();
            run.measure(Integer.parseInt(given.get(1)), given.subList(2, given.size()));
        } finally {
            FileUtil.fullyDelete(folder.toFile());
        }
    }

    private String path(String of) {
        return folder.resolve(of).toString();
    }

    private void measure(int rounds, List<String> all) {
        List<String> systems = all.stream()
                .filter(system -> format.equals("csv") || !system.equals("mllib-schema"))
                .toList();
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Map<String, List<Double>> seconds = new TreeMap<>();
        Map<String, List<Double>> processor = new TreeMap<>();
        for (String system : systems) {
            predict(system, "warm-up");
            clear();
        }
        for (int round = 0; round < rounds; round++) {
            // In turns, since who comes first waits for the disk to take what was written before.
            List<String> turn = new ArrayList<>(systems);
            Collections.rotate(turn, round);
            for (String system : turn) {
                long start = System.nanoTime();
                long used = process.getProcessCpuTime();
                predict(system, "data");
                double taken = (System.nanoTime() - start) / NANOS;
                System.err.printf(Locale.ROOT, "%s %s, round %d: %.3f s%n", name, system, round, taken);
                seconds.computeIfAbsent(system, key -> new ArrayList<>()).add(taken);
                processor
                        .computeIfAbsent(system, key -> new ArrayList<>())
                        .add((process.getProcessCpuTime() - used) / NANOS);
                clear();
            }
        }
        seconds.forEach((system, values) ->
                System.out.println(SuiteProcess.result("predict", name, system, "seconds", "s", values)));
        processor.forEach((system, values) ->
                System.out.println(SuiteProcess.result("predict", name, system, "processorSeconds", "s", values)));
    }

    private void clear() {
        FileUtil.fullyDelete(folder.resolve("out").toFile());
    }

    private void predict(String system, String data) {
        switch (system) {
            case "sparkgrad" -> {
                List<String> options = new ArrayList<>(List.of("--model", path("model"), "--data", path(data)));
                options.addAll(List.of("--output", path("out"), "--format", format));
                if (format.equals("csv")) {
                    options.add("--header");
                }
                Scoring.predict(spark, ScoreConfiguration.predict(options), System.err::println);
            }
            case "mllib" -> write(stock(table(data, false)));
            case "mllib-schema" -> write(stock(table(data, true)));
            default -> throw new IllegalArgumentException("no system " + system);
        }
    }

    private Dataset<Row> table(String data, boolean types) {
        if (format.equals("parquet")) {
            return spark.read().parquet(path(data));
        }
        StructType schema = new StructType();
        for (int j = 0; j < features; j++) {
            schema = schema.add("x" + j, "double");
        }
        var reader = spark.read().option("header", true);
        return (types ? reader.schema(schema.add("label", "long")) : reader.option("inferSchema", true))
                .csv(path(data));
    }

    private Dataset<Row> stock(Dataset<Row> table) {
        Transformer model =
                format.equals("csv") ? PipelineModel.load(path("model")) : LogisticRegressionModel.load(path("model"));
        Dataset<Row> scored = model.transform(table);
        Column probability = functions.vector_to_array(scored.col("probability"), "float64");
        Stream<Column> added = Stream.of(
                scored.col("prediction").cast("long").as("prediction"),
                probability.getItem(0).as("probability_0"),
                probability.getItem(1).as("probability_1"));
        return scored.select(Stream.concat(Stream.of(table.columns()).map(scored::col), added)
                .toArray(Column[]::new));
    }

    private void write(Dataset<Row> predictions) {
        if (format.equals("csv")) {
            predictions.write().option("header", true).csv(path("out"));
        } else {
            predictions.write().parquet(path("out"));
        }
    }

    private void saveModel() throws IOException {
        RandomGenerator random = new SplittableRandom(1);
        LogisticRegressionModel scorer = new LogisticRegressionModel(
                Identifiable.randomUID("logistic"),
                Vectors.dense(IntStream.range(0, features)
                        .mapToDouble(j -> random.nextGaussian() / Math.sqrt(features))
                        .toArray()),
                0.1);
        if (format.equals("parquet")) {
            scorer.save(path("model"));
            return;
        }
        VectorAssembler assembler = new VectorAssembler()
                .setInputCols(
                        IntStream.range(0, features).mapToObj(j -> "x" + j).toArray(String[]::new))
                .setOutputCol("features");
        new PipelineModel(Identifiable.randomUID("pipeline"), List.of(assembler, scorer)).save(path("model"));
    }
}
