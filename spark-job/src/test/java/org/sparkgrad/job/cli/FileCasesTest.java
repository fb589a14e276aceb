package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** Folders, Parquet and LIBSVM files that people really have, by the commands. */
@TestInstance(Lifecycle.PER_CLASS)
class FileCasesTest {
    private static final double CLOSE = 1e-12;

    private CommandRuns runs;
    private Path copies;

    @BeforeAll
    void copyCases(@TempDir Path folder) throws IOException {
        runs = new CommandRuns(folder);
        copies = folder.resolve("cases");
        Path cases = Path.of("src/test/resources/cases");
        try (var files = Files.walk(cases)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = copies.resolve(cases.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @AfterEach
    void removeOutputs() {
        runs.names().stream().filter(name -> name.startsWith("out")).forEach(runs::delete);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            210 | 4 | --data @cases/pq-hive/data --label y
            200 | 2 | --missing mean --data @cases/pq-merge/data
            200 | 1 | --data @cases/pq-empty/data
            200 | 2 | --data @cases/pq-index/data.parquet
            200 | 2 | --data @cases/pq-strings/data.parquet
            200 | 1 | --data @cases/pq-names/dots.parquet
            120 | 5 | --data @cases/libsvm/train.libsvm
            120 | 5 | --data @cases/libsvm/weights.libsvm
            120 | 5 | --data @cases/libsvm/zero.libsvm --index-base 0
            120 | 5 | --data @cases/libsvm/qid.libsvm --skip-qid
            """)
    void everyRowIsRead(int rows, int features, String options) {
        JsonNode data = trained(options).path("data");
        assertEquals(rows, data.path("read").path("records").asInt());
        assertEquals(rows, data.path("rows").asInt());
        assertEquals(features, data.path("features").asInt());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --data @cases/pq-names/case.parquet | the columns x and X differ by case only
            --data @cases/libsvm/qid.libsvm | qid.libsvm line 1: qid: names the group of a ranking
            --data @cases/libsvm/zero.libsvm | zero.libsvm line 1: the index 0, where the first feature has the index 1
            --format csv --data @cases/pq-empty/data | is parquet and not csv, by its first bytes: give --format parquet.
            --format parquet --data @cases/libsvm/train.libsvm | train.libsvm
            """)
    void whatCannotBeReadIsRefused(String options, String said) {
        runs.refused(ExitCode.DATA, "train --output @out " + options, said, true);
    }

    @Test
    void foldersAreColumnsOfText() {
        JsonNode data = trained("--data @cases/pq-hive/data --label y").path("data");
        assertEquals(10, data.path("missing").asInt());
        runs.ok("predict --model @out/model --data @cases/pq-hive/data --output @out2");
        SparkSession spark = TestSpark.session("local[2]");
        assertEquals(
                List.of("country", "x", "z", "y", "prediction", "probability_0", "probability_1"),
                List.of(spark.read()
                        .parquet(copies.resolveSibling("out2").toString())
                        .columns()));
    }

    @Test
    void whatIsLeftOutIsSaid() {
        assertEquals(
                List.of("column __index_level_0__ is an index that pandas wrote: it is left out"),
                notes("--data @cases/pq-index/data.parquet"));
        assertEquals(
                List.of(
                        "column a holds numbers of different types in different files: it is read as double",
                        "the files are read as Parquet, by their first bytes"),
                notes("--missing mean --data @cases/pq-merge/data"));
    }

    @Test
    void numbersAsTextAreTheSameModel() {
        double text = trained("--data @cases/pq-strings/data.parquet")
                .path("objective")
                .asDouble();
        removeOutputs();
        JsonNode numbers = trained("--data @cases/pq-strings/same-as-doubles.parquet");
        assertEquals(numbers.path("objective").asDouble(), text, CLOSE);
        runs.ok("evaluate --model @out/model --data @cases/pq-strings/data.parquet");
    }

    @Test
    void theWeightAfterALabelWeighsTheRow() {
        JsonNode weighted = trained("--data @cases/libsvm/weights.libsvm");
        removeOutputs();
        JsonNode plain = trained("--data @cases/libsvm/train.libsvm");
        assertTrue(Math.abs(weighted.path("objective").asDouble()
                        - plain.path("objective").asDouble())
                > 1e-4);
        runs.ok("evaluate --model @out/model --data @cases/libsvm/weights.libsvm");
    }

    @Test
    void weightsAreForAllLinesOrNone() throws IOException {
        Files.writeString(copies.resolve("mixed.libsvm"), "1:2 1:3\n0 1:2\n1:1 1:1\n");
        runs.refused(
                ExitCode.DATA,
                "train --output @out --data @cases/mixed.libsvm",
                "mixed.libsvm line 2: no weight after the label, where lines above have one",
                true);
    }

    private List<String> notes(String options) {
        List<String> notes = new ArrayList<>();
        trained(options).path("data").path("read").path("notes").forEach(note -> notes.add(note.asText()));
        removeOutputs();
        return List.copyOf(new TreeSet<>(notes));
    }

    private JsonNode trained(String options) {
        runs.ok("train --reg-param 0.01 --precision double --output @out " + options);
        return runs.json("out/summary.json");
    }
}
