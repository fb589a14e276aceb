package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;

/** Tables whose columns are called as a model calls what it adds. */
class TakenNamesTest {
    private static final double CLOSE = 1e-12;

    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void start() {
        runs = new CommandRuns(folder);
    }

    @Test
    void theCaseIsTrainedAndScored() throws IOException {
        Files.copy(Path.of("src/test/resources/cases/headers/outputs.csv"), folder.resolve("data.csv"));
        assertEquals(
                "prediction,probability,rawPrediction,features",
                lines("data.csv").get(0));
        runs.ok("train --header --label features --data @data.csv --output @out");
        assertScored("data.csv", "_prediction");
        Dataset<Row> stock =
                PipelineModel.load(folder.resolve("out/model").toString()).transform(spark("data.csv"));
        assertEquals(100, stock.select("_prediction").count());
    }

    @Test
    void predictionsArePredictedAgain() throws IOException {
        List<String> lines = new ArrayList<>(List.of("x,colour,y"));
        for (int row = 0; row < 60; row++) {
            lines.add(row % 10 / 3.0 + "," + (row % 3 == 0 ? "red" : "blue") + "," + (row % 10 > 4 ? "A" : "a"));
        }
        Files.write(folder.resolve("data.csv"), lines);
        runs.ok("train --header --data @data.csv --output @out");
        assertEquals(
                "x,colour,y,prediction,probability_A,_probability_a",
                predicted("data.csv", "first").get(0));
        copy("first", "again.csv");
        List<String> twice = predicted("again.csv", "second");
        assertEquals(
                "x,colour,y,prediction,probability_A,_probability_a,_prediction,__probability_A,___probability_a",
                twice.get(0));
        for (String line : twice.subList(1, twice.size())) {
            String[] cells = line.split(",", -1);
            assertEquals(cells[3], cells[6]);
            assertEquals(Double.parseDouble(cells[4]), Double.parseDouble(cells[7]), CLOSE);
        }
        assertScored("again.csv", "_prediction");
    }

    @Test
    void columnsThatStagesMakeAreKept() throws IOException {
        List<String> lines = new ArrayList<>(List.of("x,colour,y"));
        List<String> more = new ArrayList<>(List.of("Features,x,colour,oneHot_1,y,scores,Prediction"));
        for (int row = 0; row < 60; row++) {
            String cells = row % 10 / 3.0 + "," + (row % 3 == 0 ? "red" : "blue");
            lines.add(cells + "," + row % 10 / 5);
            more.add("f" + row + "," + cells + ",7," + row % 10 / 5 + ",8,9");
        }
        Files.write(folder.resolve("data.csv"), lines);
        Files.write(folder.resolve("more.csv"), more);
        runs.ok("train --header --data @data.csv --output @out");
        List<String> alone = predicted("data.csv", "first");
        List<String> beside = predicted("more.csv", "second");
        assertEquals(more.get(0) + ",_prediction,probability_0,probability_1", beside.get(0));
        for (int row = 1; row < more.size(); row++) {
            assertEquals(more.get(row) + alone.get(row).substring(lines.get(row).length()), beside.get(row));
        }
        assertScored("more.csv", "_prediction");
    }

    /** Evaluates, and compares with the share of the predictions that are right. */
    private void assertScored(String data, String prediction) throws IOException {
        runs.ok("evaluate --model @out/model --header --data @" + data + " --output @measured");
        JsonNode metrics = runs.json("measured/summary.json").path("metrics");
        List<String> lines = predicted(data, "scored");
        List<String> header = List.of(lines.get(0).split(",", -1));
        int label = header.contains("y") ? header.indexOf("y") : header.indexOf("features");
        int place = header.indexOf(prediction);
        long right = lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[label].equals(cells[place]))
                .count();
        assertEquals(right / (lines.size() - 1.0), metrics.path("accuracy").asDouble(), CLOSE);
    }

    private List<String> predicted(String data, String output) throws IOException {
        runs.ok("predict --model @out/model --header --data @" + data + " --output @" + output);
        copy(output, output + ".csv");
        return lines(output + ".csv");
    }

    private void copy(String output, String name) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder.resolve(output), "part-*.csv")) {
            List<Path> parts = new ArrayList<>();
            files.forEach(parts::add);
            parts.sort(null);
            for (Path part : parts) {
                List<String> more = Files.readAllLines(part);
                lines.addAll(lines.isEmpty() ? more : more.subList(1, more.size()));
            }
        }
        Files.write(folder.resolve(name), lines);
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name));
    }

    private Dataset<Row> spark(String name) {
        SparkSession spark = TestSpark.session("local[2]");
        return spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(folder.resolve(name).toString());
    }
}
