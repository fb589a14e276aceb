package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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

/** Text and missing numbers from the raw file to predictions, which are those of stock Spark, row by row. */
class TextColumnsTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void adult() {
        assertPredictsAsSpark(RealData.folder("adult").resolve("adult-train.csv"), "--header=false");
    }

    @Test
    void titanic() {
        assertPredictsAsSpark(
                RealData.folder("titanic").resolve("titanic.csv"),
                "--header",
                "--label=Survived",
                "--features=Pclass,Sex,Age,SibSp,Parch,Fare,Embarked",
                "--text-columns=Pclass",
                "--missing=mean");
    }

    @Test
    void criteo() {
        assertPredictsAsSpark(
                RealData.folder("criteo-tiny").resolve("train.tiny.csv"),
                "--header",
                "--label=Label",
                "--ignore-columns=Id",
                "--missing=mean",
                "--hash-features=2^12");
    }

    @Test
    void aModelReadsItsCodesAsTextAndLeavesOutWhatItsTrainingDid() throws IOException {
        Files.writeString(folder.resolve("train.csv"), "the.code,n,y\n07,1,a\n7,2,b\n07,,b\n8,4,b\n07,3,a\n");
        run(
                "train",
                "--data",
                at("train.csv"),
                "--header",
                "--text-columns",
                "the.code",
                "--missing",
                "drop",
                "--reg-param",
                "0.1",
                "--output",
                at("out"));
        Files.writeString(folder.resolve("other.csv"), "n,the.code,y\n1,07,a\n2,07,a\n,07,a\n");
        run("predict", "--model", at("out/model"), "--data", at("other.csv"), "--header", "--output", at("p"));
        List<String> lines = lines("p");
        assertEquals("n,the.code,y,prediction,probability_a,probability_b", lines.get(0));
        assertTrue(lines.get(1).startsWith("1,07,a,a,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("2,07,a,a,"), lines.get(2));
        assertEquals(",07,a,,,", lines.get(3));
        run("evaluate", "--model", at("out/model"), "--data", at("other.csv"), "--header", "--output", at("e"));
        assertTrue(Files.readString(folder.resolve("e/summary.json")).contains("\"rows\" : 2"));
        assertTrue(text(out).contains("1.0000"), text(out));
    }

    @Test
    void arraysAreFeaturesToo() {
        SparkSession spark = TestSpark.session("local[2]");
        spark.range(60)
                .selectExpr("array(id % 7, id * 0.5D) AS features", "id % 5 AS extra", "int(id % 7 > 3) AS label")
                .coalesce(1)
                .write()
                .parquet(at("arrays.parquet"));
        run("train", "--data", at("arrays.parquet"), "--output", at("out"));
        run("predict", "--model", at("out/model"), "--data", at("arrays.parquet"), "--output", at("p"));
        run("evaluate", "--model", at("out/model"), "--data", at("arrays.parquet"));
        assertTrue(text(out).contains("1.0000"), text(out));
        Dataset<Row> scored = spark.read().parquet(at("p"));
        assertEquals(60, scored.filter("prediction = label").count());
        assertEquals(
                scored.select("probability_1").collectAsList(),
                PipelineModel.load(at("out/model"))
                        .transform(spark.read().parquet(at("arrays.parquet")))
                        .select(org.apache
                                .spark
                                .ml
                                .functions
                                .vector_to_array(functions.col("probability"), "float64")
                                .getItem(1))
                        .collectAsList());
    }

    private void assertPredictsAsSpark(Path file, String header, String... options) {
        List<String> train = new ArrayList<>(
                List.of("train", "--data=" + file, header, "--max-iter=5", "--engine=cpu", "--output=" + at("out")));
        train.addAll(List.of(options));
        run(train.toArray(String[]::new));
        run("predict", "--model", at("out/model"), "--data", file.toString(), header, "--output", at("p"));

        boolean headed = header.equals("--header");
        SparkSession spark = TestSpark.session("local[2]");
        Dataset<Row> stock = spark.read()
                .option("header", headed)
                .option("inferSchema", true)
                .option("ignoreLeadingWhiteSpace", true)
                .option("quote", "\"")
                .option("escape", "\"")
                .csv(file.toString());
        Dataset<Row> named = headed
                ? stock
                : stock.toDF(Stream.of(stock.columns())
                        .map(name -> name.substring("_c".length()))
                        .toArray(String[]::new));
        PipelineModel model = PipelineModel.load(at("out/model"));
        LogisticRegressionModel scorer = (LogisticRegressionModel) Stream.of(model.stages())
                .filter(LogisticRegressionModel.class::isInstance)
                .findFirst()
                .orElseThrow();
        List<Row> expected = model.transform(named)
                .select(scorer.getPredictionCol(), scorer.getProbabilityCol())
                .collectAsList();
        Dataset<Row> written =
                spark.read().option("header", true).option("escape", "\"").csv(at("p"));
        String[] columns = written.columns();
        List<Row> predicted = new ArrayList<>(
                written.withColumn("_file", functions.input_file_name()).collectAsList());
        predicted.sort(Comparator.comparing(row -> row.<String>getAs("_file")));
        assertEquals(expected.size(), predicted.size());
        for (int row = 0; row < expected.size(); row++) {
            Vector probability = expected.get(row).getAs(1);
            assertEquals(
                    probability.apply(0), Double.parseDouble(predicted.get(row).getString(columns.length - 2)));
            assertEquals(
                    probability.apply(1), Double.parseDouble(predicted.get(row).getString(columns.length - 1)));
            String label = columns[columns.length - 2 + (int) expected.get(row).getDouble(0)];
            assertEquals(label, "probability_" + predicted.get(row).getString(columns.length - 3));
        }
    }

    private void run(String... arguments) {
        TestSpark.session("local[2]");
        out.reset();
        err.reset();
        ExitCode code = Main.run(List.of(arguments), MainTest.printTo(out), MainTest.printTo(err));
        assertEquals(ExitCode.OK, code, () -> text(err));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> lines(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
