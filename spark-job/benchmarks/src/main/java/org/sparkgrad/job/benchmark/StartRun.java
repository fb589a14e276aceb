package org.sparkgrad.job.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A process of MLlib from a file to a saved model, as its documentation does it, for the suite {@code start}: CASE
 * REG_PARAM OUTPUT FILE. Prints the seconds of each phase. Spark reads files when it fits, so {@code read} is the schema.
 */
public final class StartRun {
    private static final double NANOS = 1e9;

    private StartRun() {}

    /** Runs a case. */
    public static void main(String[] arguments) throws IOException {
        String name = arguments[0];
        String file = arguments[3];
        long began = System.nanoTime();
        SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
        long started = print("start", began);
        Dataset<Row> rows = name.equals("a9a")
                ? spark.read().format("libsvm").load(file)
                : spark.read()
                        .option("header", true)
                        .option("inferSchema", true)
                        .csv(file);
        Pipeline pipeline = new Pipeline().setStages(stages(name, Double.parseDouble(arguments[1])));
        if (name.equals("titanic")) {
            rows = rows.withColumn("Pclass", functions.col("Pclass").cast("string"))
                    .na()
                    .fill("none", new String[] {"Embarked"});
        }
        long read = print("read", started);
        var model = pipeline.fit(rows);
        long fitted = print("train", read);
        model.write().overwrite().save(arguments[2]);
        print("save", fitted);
        spark.stop();
    }

    private static PipelineStage[] stages(String name, double regParam) {
        LogisticRegression regression = new LogisticRegression().setRegParam(regParam);
        List<PipelineStage> stages = new ArrayList<>();
        switch (name) {
            case "a9a" -> {
                // The reader gives label and features.
            }
            case "demo" -> {
                stages.add(new StringIndexer().setInputCol("species").setOutputCol("label"));
                stages.add(assembler("ear_shape", "weight_kg", "tail_length_cm"));
            }
            case "titanic" -> {
                String[] numbers = {"Age", "SibSp", "Parch", "Fare"};
                stages.add(new Imputer().setInputCols(numbers).setOutputCols(named(numbers, "Mean")));
                String[] texts = {"Pclass", "Sex", "Embarked"};
                stages.add(new StringIndexer().setInputCols(texts).setOutputCols(named(texts, "Index")));
                stages.add(
                        new OneHotEncoder().setInputCols(named(texts, "Index")).setOutputCols(named(texts, "Levels")));
                stages.add(assembler(Stream.concat(Stream.of(named(numbers, "Mean")), Stream.of(named(texts, "Levels")))
                        .toArray(String[]::new)));
                regression.setLabelCol("Survived");
            }
            default -> throw new IllegalArgumentException("no case " + name);
        }
        stages.add(regression);
        return stages.toArray(PipelineStage[]::new);
    }

    private static VectorAssembler assembler(String... columns) {
        return new VectorAssembler().setInputCols(columns).setOutputCol("features");
    }

    private static String[] named(String[] columns, String ending) {
        return Stream.of(columns).map(column -> column + ending).toArray(String[]::new);
    }

    /** Prints the seconds of a phase and returns its end. */
    private static long print(String phase, long began) {
        long now = System.nanoTime();
        System.out.printf(Locale.ROOT, "%s %.3f%n", phase, (now - began) / NANOS);
        return now;
    }
}
