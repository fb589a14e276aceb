package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** Evaluating and predicting by their command lines, in this JVM. */
class ScoreCommandsTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void pets() throws IOException {
        ok("generate", "--kind", "pets", "--rows", "700", "--output", at("pets"));
        assertScoresAsSpark(folder.resolve("pets"), true, "species");
        ok("evaluate", "--model", at("out/model"), "--data", at("pets"), "--header");
        assertTrue(text(out).contains("accuracy") && text(out).contains("cat"), text(out));
    }

    @Test
    void irisWithoutAHeader() throws IOException {
        Path iris = RealData.folder("iris").resolve("iris.csv");
        assertScoresAsSpark(iris, false, "4");
    }

    @Test
    void predictionsNeedNoLabels() throws IOException {
        writeLetters("table.csv", "x,y,the.class");
        Files.writeString(folder.resolve("bare.csv"), "y,note,x\n3,\"a, \"\"b\"\"\",1\n-4,c,9\n");
        ok("train", "--data", at("table.csv"), "--header", "--output", at("out"));
        ok("predict", "--model", at("out/model"), "--data", at("bare.csv"), "--header", "--output", at("scored"));
        List<String> lines = lines("scored");
        assertEquals("y,note,x,prediction,probability_-1,probability_1", lines.get(0));
        assertTrue(lines.get(1).startsWith("3,\"a, \"\"b\"\"\",1,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("-4,c,9,"), lines.get(2));
        assertEquals(3, lines.size());

        assertEquals(ExitCode.USAGE, predict("out/model", "bare.csv"));
        assertTrue(text(err).contains("--overwrite"), text(err));
        ok(
                "predict",
                "--model",
                at("out/model"),
                "--data",
                at("bare.csv"),
                "--header",
                "--output",
                at("scored"),
                "--overwrite");
    }

    @Test
    void aModelThatDoesNotFitIsADataError() throws IOException {
        writeLetters("table.csv", "x,y,label");
        ok("train", "--data", at("table.csv"), "--header", "--output", at("out"));
        Files.writeString(folder.resolve("other.csv"), "x,label\n3,1\n-4,-1\n");
        assertEquals(ExitCode.DATA, predict("out/model", "other.csv"));
        assertTrue(text(err).contains("2 features: y. It has 2: x, label."), text(err));
        Files.writeString(folder.resolve("taken.csv"), "x,y,prediction\n3,1,0\n");
        ok("predict", "--model", at("out/model"), "--data", at("taken.csv"), "--header", "--output", at("again"));
        Files.writeString(folder.resolve("text.csv"), "x,y\n3,a\n");
        assertEquals(ExitCode.DATA, predict("out/model", "text.csv"));
        assertTrue(text(err).contains("column y"), text(err));
        Files.writeString(folder.resolve("unknown.csv"), "x,y,label\n3,1,-1\n3,1,2\n");
        assertEquals(
                ExitCode.DATA, run("evaluate", "--model", at("out/model"), "--data", at("unknown.csv"), "--header"));
        assertTrue(
                text(err).contains("unknown.csv line 3 has the label \"2\" in column label; the model knows -1, 1"),
                text(err));
        Files.writeString(folder.resolve("unlabelled.csv"), "x,y\n3,1\n");
        assertEquals(
                ExitCode.DATA, run("evaluate", "--model", at("out/model"), "--data", at("unlabelled.csv"), "--header"));
        assertTrue(text(err).contains("--label"), text(err));
    }

    @Test
    void aModelOverVectorsTakesItsWidthAlone() {
        String[] dense = {"generate", "--kind", "dense", "--format", "parquet", "--rows", "90", "--features"};
        ok(with(dense, "5", "--output", at("five.parquet")));
        ok(with(dense, "4", "--output", at("four.parquet")));
        ok("train", "--data", at("five.parquet"), "--output", at("out"));
        ok("evaluate", "--model", at("out/model"), "--data", at("five.parquet"));
        ok("predict", "--model", at("out/model"), "--data", at("five.parquet"), "--output", at("scored"));
        SparkSession spark = TestSpark.session("local[2]");
        Dataset<Row> scored = spark.read().parquet(at("scored"));
        assertEquals(
                List.of("label", "features", "prediction", "probability_0", "probability_1"),
                List.of(scored.columns()));
        List<Row> expected = inOrder(LogisticRegressionModel.load(at("out/model"))
                .transform(spark.read().parquet(at("five.parquet"))));
        List<Row> predicted = inOrder(scored);
        assertEquals(expected.size(), predicted.size());
        for (int row = 0; row < expected.size(); row++) {
            assertEquals(
                    expected.get(row).<Object>getAs("features"),
                    predicted.get(row).getAs("features"));
            assertEquals(
                    expected.get(row).<Double>getAs("prediction").longValue(),
                    predicted.get(row).<Long>getAs("prediction"));
        }
        for (String command : List.of("evaluate", "predict")) {
            String[] four = {command, "--model", at("out/model"), "--data", at("four.parquet")};
            assertEquals(ExitCode.DATA, run(with(four, "--output", at("none"))));
            assertTrue(text(err).contains("takes 5 features, and the column features has 4"), text(err));
        }
    }

    @Test
    void aModelThatIsMissingOrDamagedIsADataError() throws IOException {
        writeLetters("table.csv", "x,y,label");
        assertEquals(ExitCode.DATA, predict("nowhere", "table.csv"));
        assertTrue(text(err).contains("There is no model at " + at("nowhere")), text(err));
        ok("train", "--data", at("table.csv"), "--header", "--output", at("out"));
        assertEquals(ExitCode.DATA, predict("out", "table.csv"));
        assertTrue(text(err).contains("--model " + at("out/model")), text(err));
        Path cut;
        try (Stream<Path> files = Files.walk(folder.resolve("out/model/stages"))) {
            cut = files.filter(file -> file.toString().endsWith(".snappy.parquet"))
                    .filter(file -> file.toString().contains("sparkgrad"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(cut);
        assertEquals(ExitCode.DATA, predict("out/model", "table.csv"));
        assertTrue(text(err).contains("is damaged"), text(err));
        assertEquals(ExitCode.USAGE, run("predict"));
        for (String option : List.of("--model", "--data", "--output")) {
            assertTrue(text(err).contains(option + ": missing"), text(err));
        }
    }

    /** Trains on a file; evaluation has to give the training metrics, and prediction what Spark gives. */
    private void assertScoresAsSpark(Path data, boolean header, String label) throws IOException {
        String named = String.valueOf(header);
        ok("train", "--data", data.toString(), "--header", named, "--label", label, "--output", at("out"));
        ok("evaluate", "--model", at("out/model"), "--data", data.toString(), "--header", named, "--output", at("e"));
        assertSame(
                json("out/summary.json").path("metrics").path("train"),
                json("e/summary.json").path("metrics"));
        ok("predict", "--model", at("out/model"), "--data", data.toString(), "--header", named, "--output", at("p"));

        SparkSession spark = TestSpark.session("local[2]");
        PipelineModel model = PipelineModel.load(at("out/model"));
        Dataset<Row> table = spark.read()
                .option("header", header)
                .option("inferSchema", true)
                .csv(data.toString());
        if (!header) {
            table = table.toDF(Stream.of(table.columns())
                    .map(name -> name.substring("_c".length()))
                    .toArray(String[]::new));
        }
        List<Row> expected = inOrder(model.transform(table));
        List<Row> predicted = inOrder(
                spark.read().option("header", true).option("inferSchema", true).csv(at("p")));
        List<String> labels = new ArrayList<>();
        json("out/summary.json").path("data").path("labels").forEach(name -> labels.add(name.asText()));
        assertEquals(expected.size(), predicted.size());
        for (int row = 0; row < expected.size(); row++) {
            for (String column : table.columns()) {
                assertEquals(
                        expected.get(row).<Object>getAs(column),
                        predicted.get(row).getAs(column));
            }
            assertEquals(
                    expected.get(row).<Object>getAs("predictedLabel"),
                    predicted.get(row).getAs("prediction"));
            Vector probability = expected.get(row).getAs("probability");
            for (int k = 0; k < labels.size(); k++) {
                double found = predicted.get(row).<Double>getAs("probability_" + labels.get(k));
                assertEquals(probability.apply(k), found);
            }
        }
        assertEquals(
                0,
                model.transform(table)
                        .filter(functions.col("probability").isNull())
                        .count());
    }

    /** Returns the rows of small files by path, then by place. */
    private static List<Row> inOrder(Dataset<Row> table) {
        List<Row> rows = new ArrayList<>(
                table.withColumn("_file", functions.input_file_name()).collectAsList());
        rows.sort(Comparator.comparing(row -> row.<String>getAs("_file")));
        return rows;
    }

    private static void assertSame(JsonNode expected, JsonNode actual) {
        assertEquals(expected.size(), actual.size());
        assertTrue(expected.isNumber() || expected.isTextual() || expected.size() > 0, "nothing to compare");
        if (expected.isNumber()) {
            assertEquals(expected.asDouble(), actual.asDouble(), 1e-12 * Math.abs(expected.asDouble()));
        } else {
            assertEquals(expected.asText(), actual.asText());
        }
        Iterator<JsonNode> other = actual.elements();
        expected.elements().forEachRemaining(element -> assertSame(element, other.next()));
    }

    private void writeLetters(String name, String header) throws IOException {
        StringBuilder table = new StringBuilder(header).append('\n');
        for (int i = 0; i < 60; i++) {
            table.append("%d,%d,%d%n".formatted(i, i * 7 % 13, (i + i * 7 % 11) % 60 < 30 ? -1 : 1));
        }
        Files.writeString(folder.resolve(name), table);
    }

    private ExitCode predict(String model, String data) {
        return run("predict", "--model", at(model), "--data", at(data), "--header", "--output", at("scored"));
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    private void ok(String... arguments) {
        assertEquals(ExitCode.OK, run(arguments), () -> text(err));
    }

    private ExitCode run(String... arguments) {
        TestSpark.session("local[2]");
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        return Main.run(all, MainTest.printTo(out), MainTest.printTo(err));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(name).toFile());
    }

    private List<String> lines(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
            }
            return lines;
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
