package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.TestSpark;

/**
 * Well-known data to optima that were computed elsewhere, in float64 to a gradient below 1e-8; and what the saved model
 * predicts on their test rows, against stock Spark over files that stock Spark reads.
 */
class ReferenceOptimaTest {
    private static final int EVERY = 5;
    private static final double ROUNDED = 6e-4;

    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void runInTheFolder() {
        runs = new CommandRuns(folder);
    }

    /** Penalties are lambda (n - 1) / n: the references standardise by the population deviation. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            iris/iris.csv  | 0.991666666666666667e-3 | --format csv                         | 0.104175254 | .975 | .967
            wine/wine.csv  | 0.993006993006993007e-3 | --format csv                         | 0.023803395 | 1    | .971
            wdbc/wdbc.data | 0.997807017543859649e-3 | --label 1 --ignore-columns 0         | 0.065277105 | .989 | 1
            """)
    void everyFifthRowHeldOut(
            String file, String penalty, String options, double objective, double trained, double tested)
            throws IOException {
        List<String> lines =
                Files.readAllLines(RealData.folder(file.split("/", -1)[0]).resolve(file.split("/", -1)[1])).stream()
                        .filter(line -> !line.isBlank())
                        .toList();
        Files.write(folder.resolve("train.csv"), rows(lines, false));
        Files.write(folder.resolve("test.csv"), rows(lines, true));
        assertOptimum("--data @train.csv --test-data @test.csv --reg-param " + penalty + " " + options, objective);
        assertAccuracies(trained, tested);
        runs.ok("predict --model @out/model --data @test.csv --output @scored");
        assertPredictsAsStockSpark(withoutHeader(","), csvScores());
    }

    @Test
    void higgs() {
        Path data = RealData.folder("higgs-lightgbm");
        assertOptimum(
                "--format tsv --label 0 --reg-param 0.000999857142857 --data " + data.resolve("binary.train")
                        + " --test-data " + data.resolve("binary.test"),
                0.639120434);
        assertAccuracies(.640, .660);
        copy(data.resolve("binary.test"), "test.csv");
        runs.ok("predict --format tsv --model @out/model --data @test.csv --output @scored");
        assertPredictsAsStockSpark(withoutHeader("\t"), csvScores("\t"));
    }

    /** The reference (98.513645) uses column 88, which is always 1, as an intercept; here it gets 0, as in MLlib. */
    @Test
    void agaricus() {
        Path data = RealData.folder("agaricus");
        Path test = data.resolve("agaricus.txt.test");
        assertOptimum(
                "--format libsvm --fit-intercept false --standardization false --reg-param 1.53539075694765e-4 --data "
                        + data.resolve("agaricus.txt.train") + " --test-data " + test,
                98.518390147 / 6513);
        assertEquals(98.513645 / 6513, objective(), 1e-4 * objective());
        assertAccuracies(1, 1);
        assertPredictsLibsvmAsStockSpark(test, 126);
    }

    @Test
    void a9a() {
        Path data = RealData.folder("a9a");
        runs.ok("train --format libsvm --reg-param 1e-4 --max-iter 30 --output @out --data "
                + data.resolve("a9a.labels01"));
        assertPredictsLibsvmAsStockSpark(data.resolve("a9a.t.labels01"), 122);
    }

    private void assertPredictsLibsvmAsStockSpark(Path test, int features) {
        runs.ok("predict --format libsvm --model @out/model --data " + test + " --output @scored");
        Dataset<Row> stock =
                spark().read().format("libsvm").option("numFeatures", features).load(test.toString());
        assertPredictsAsStockSpark(stock, spark().read().parquet(at("scored")));
    }

    private void assertOptimum(String options, double expected) {
        runs.ok("train --precision double --tol 1e-12 --max-iter 500 --output @out " + options);
        assertEquals(expected, objective(), 1e-6 * expected);
    }

    private double objective() {
        return runs.json("out/summary.json").path("objective").asDouble();
    }

    private void assertAccuracies(double trained, double tested) {
        JsonNode metrics = runs.json("out/summary.json").path("metrics");
        assertEquals(trained, metrics.at("/train/accuracy").asDouble(), ROUNDED);
        assertEquals(tested, metrics.at("/test/accuracy").asDouble(), ROUNDED);
    }

    private void assertPredictsAsStockSpark(Dataset<Row> table, Dataset<Row> scored) {
        JsonNode names = runs.json("out/summary.json").at("/data/labels");
        boolean mapped = Files.exists(folder.resolve("out/model/stages"));
        Transformer model =
                mapped ? PipelineModel.load(at("out/model")) : LogisticRegressionModel.load(at("out/model"));
        List<Row> expected = inOrder(model.transform(table));
        List<Row> predicted = inOrder(scored);
        assertEquals(expected.size(), predicted.size());
        for (int row = 0; row < expected.size(); row++) {
            Vector probability = expected.get(row).getAs("probability");
            int likeliest = expected.get(row).<Double>getAs("prediction").intValue();
            assertEquals(
                    names.get(likeliest).asText(),
                    predicted.get(row).getAs("prediction").toString());
            for (int k = 0; k < names.size(); k++) {
                double found =
                        predicted.get(row).getAs("probability_" + names.get(k).asText());
                assertEquals(probability.apply(k), found);
            }
        }
    }

    private static List<String> rows(List<String> lines, boolean tested) {
        return IntStream.range(0, lines.size())
                .filter(row -> (row % EVERY == EVERY - 1) == tested)
                .mapToObj(lines::get)
                .toList();
    }

    private Dataset<Row> withoutHeader(String separator) {
        Dataset<Row> table = spark().read()
                .option("inferSchema", true)
                .option("sep", separator)
                .csv(at("test.csv"));
        return table.toDF(Stream.of(table.columns())
                .map(name -> name.substring("_c".length()))
                .toArray(String[]::new));
    }

    private Dataset<Row> csvScores() {
        return csvScores(",");
    }

    private Dataset<Row> csvScores(String separator) {
        return spark().read()
                .option("header", true)
                .option("inferSchema", true)
                .option("sep", separator)
                .csv(at("scored"));
    }

    /** Returns the rows of small files by path, then by place. */
    private static List<Row> inOrder(Dataset<Row> table) {
        List<Row> rows = new ArrayList<>(
                table.withColumn("_file", functions.input_file_name()).collectAsList());
        rows.sort(Comparator.comparing(row -> row.<String>getAs("_file")));
        return rows;
    }

    private void copy(Path file, String name) {
        try {
            Files.copy(file, folder.resolve(name));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static SparkSession spark() {
        return TestSpark.session("local[2]");
    }
}
