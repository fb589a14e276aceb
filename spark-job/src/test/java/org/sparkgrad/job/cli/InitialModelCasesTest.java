package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.problem.ExitCode;

/** A model of one day starts the training of another day, whose columns and texts are others. */
class InitialModelCasesTest {
    private static final Path CASE = Path.of("src/test/resources/cases/initial-model-levels");
    private static final double CLOSE = 1e-12;

    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void start() {
        runs = new CommandRuns(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "same, ''",
        "same, --text-columns colour --missing mean",
        "same, --hash-features 16",
        "moved, ''",
        "dots, ''",
        "text before, ''",
        "empty, --missing mean"
    })
    void startsWhereTheModelIs(String change, String options) throws IOException {
        write("day1.csv", change.equals("moved") ? UnaryOperator.identity() : line -> changed(change, line));
        write("day2.csv", change.equals("empty") ? UnaryOperator.identity() : line -> changed(change, line));
        assertStartsThere(options, "start at 0", false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            new level  | the initial model has no features colour=purple: they start at 0
            gone level | the data have no features colour=green of the initial model: they are left out
            new column | the initial model has no features new: they start at 0
            """)
    void whatOnlyOneOfBothHasIsSaid(String change, String note) throws IOException {
        write("day1.csv", UnaryOperator.identity());
        write("day2.csv", line -> changed(change, line));
        assertStartsThere("", note, true);
    }

    /** Two features of one name are told apart by their places alone: on day 2 the levels have others. */
    @Test
    void twoFeaturesOfOneNameThatHaveMovedAreRefused() throws IOException {
        write("day1.csv", line -> changed("two of one name", line));
        write("day2.csv", line -> changed("two of one name", line));
        train("day1.csv --output @one");
        double trained = runs.json("one/summary.json").path("objective").asDouble();
        train("day1.csv --max-iter 0 --initial-model @one/model --output @two");
        assertEquals(trained, runs.json("two/summary.json").path("objective").asDouble(), CLOSE);
        CommandRuns.Ended ended = runs.run(training("day2.csv --initial-model @one/model --output @out"));
        assertEquals(ExitCode.DATA, ended.code(), ended.err());
        assertTrue(ended.message().contains("Two features are called colour=red"), ended.message());
    }

    @Test
    void anotherTablesModelIsRefused() throws IOException {
        write("day1.csv", UnaryOperator.identity());
        write("day2.csv", line -> line.replace("colour,x", "shade,width"));
        train("day1.csv --output @one");
        CommandRuns.Ended ended = runs.run(training("day2.csv --initial-model @one/model --output @out"));
        assertEquals(ExitCode.DATA, ended.code(), ended.err());
        assertTrue(
                ended.message()
                        .contains("has the features colour=red, colour=green, colour=blue, x, and the data have"),
                ended.message());
        ended = runs.run(training("day1.csv --hash-features 16 --initial-model @one/model --output @out"));
        assertEquals(ExitCode.DATA, ended.code(), ended.err());
        assertTrue(ended.message().contains("give --hash-features as it was"), ended.message());
    }

    /** Trains the first day, and no step of the second: its metrics are those of the first day's model. */
    private void assertStartsThere(String options, String note, boolean said) throws IOException {
        train("day1.csv --output @one " + options);
        Files.move(folder.resolve("one/model"), folder.resolve("alone"));
        CommandRuns.Ended warm = train("day2.csv --max-iter 0 --initial-model @alone --output @two " + options);
        assertEquals(said, warm.err().contains(note), warm.err());
        runs.ok("evaluate --model @alone --data @day2.csv --header --output @measured");
        JsonNode started = runs.json("two/summary.json").path("metrics").path("train");
        JsonNode measured = runs.json("measured/summary.json").path("metrics");
        for (String metric : List.of("accuracy", "logLoss", "areaUnderROC")) {
            assertEquals(
                    measured.path(metric).asDouble(),
                    started.path(metric).asDouble(),
                    CLOSE,
                    metric + "\n" + warm.err());
        }
        assertFalse(measured.path("logLoss").isMissingNode());
        assertTrue(measured.path("accuracy").asDouble() > 0.7, measured.toString());
    }

    private CommandRuns.Ended train(String options) {
        CommandRuns.Ended ended = runs.run(training(options));
        assertEquals(ExitCode.OK, ended.code(), ended.err());
        return ended;
    }

    private static String training(String options) {
        return "train --header --reg-param 0.01 --precision double --data @" + options;
    }

    private void write(String name, UnaryOperator<String> change) throws IOException {
        List<String> lines = new ArrayList<>();
        Files.readAllLines(CASE.resolve(name)).stream()
                .map(change)
                .filter(line -> !line.isEmpty())
                .forEach(lines::add);
        Files.write(folder.resolve(name), lines);
    }

    private static String changed(String change, String line) {
        String[] cells = line.split(",", -1);
        boolean header = cells[0].equals("colour");
        boolean some = !header && cells[1].hashCode() % 3 == 0;
        return switch (change) {
            case "moved" -> cells[1] + "," + cells[0] + "," + cells[2];
            // Two features are called colour=red: a level, and a column before it.
            case "two of one name" ->
                (header ? "colour=red" : cells[1].length() + "." + Math.abs(cells[1].hashCode() % 7)) + "," + line;
            case "text before" -> (header ? "shade" : "s" + cells[1].hashCode() % 7) + "," + line;
            case "dots" -> line.replace("colour,x", "the.colour,x.1");
            case "empty" -> some ? cells[0] + ",," + cells[2] : line;
            case "new level" -> some ? line.replace("red,", "purple,") : line;
            case "gone level" -> cells[0].equals("green") ? "" : line;
            case "new column" -> (header ? "new," : cells[1].length() + ",") + line;
            default -> line;
        };
    }
}
