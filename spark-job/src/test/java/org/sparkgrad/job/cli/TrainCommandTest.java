package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** Training by its command line, in this JVM. */
class TrainCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void lendTheCommandASession() {
        TestSpark.session("local[2]");
    }

    @BeforeEach
    void writeTable() throws IOException {
        StringBuilder table = new StringBuilder("x,y,label\n");
        for (int i = 0; i < 200; i++) {
            table.append("%d,%d,%s%n".formatted(i, i * 7 % 13, (i + i * 7 % 11) % 200 < 100 ? "low" : "high"));
        }
        Files.writeString(folder.resolve("table.csv"), table);
    }

    @Test
    void aTrainedModelIsPublishedAndTold() throws IOException {
        assertEquals(ExitCode.OK, train("table.csv", "--test-data", at("table.csv")), text(err));

        assertEquals(List.of("out", "table.csv"), names());
        JsonNode summary = json("out/summary.json");
        assertEquals("succeeded", summary.path("status").asText());
        assertEquals("cpu", summary.path("config").path("engine").asText());
        assertTrue(text(err).contains("engine cpu: asked for"), text(err));
        assertTrue(text(out).contains("confusion matrix of the test data"), text(out));
        assertTrue(text(out).contains("model: %s/model".formatted(at("out"))), text(out));
    }

    @Test
    void aFailureWithinATaskIsToldInOneLineAndLeavesASummary() throws IOException {
        Files.writeString(folder.resolve("table.csv"), "x,y,label\n1,2,a\n3,NaN,b\n5,6,a\n");

        assertEquals(ExitCode.DATA, train("table.csv"), text(err));

        String problem = text(err)
                .lines()
                .filter(line -> line.startsWith("sparkgrad: "))
                .findFirst()
                .orElse("");
        assertTrue(problem.contains("column y"), text(err));
        assertFalse(text(err).contains("\tat "), text(err));
        assertEquals(List.of("out.failed", "table.csv"), names());
        JsonNode summary = json("out.failed/summary.json");
        assertEquals("failed", summary.path("status").asText());
        assertEquals(
                problem.substring("sparkgrad: ".length()), summary.path("error").asText());
    }

    @Test
    void anExistingOutputIsRefusedBeforeTheWork() throws IOException {
        Files.createDirectory(folder.resolve("out"));

        assertEquals(ExitCode.USAGE, train("table.csv"));

        assertTrue(text(err).contains("--overwrite"), text(err));
        assertFalse(text(err).contains("engine"), text(err));
        assertEquals(List.of("out", "table.csv"), names());
    }

    @Test
    void missingDataAreADataProblem() {
        assertEquals(ExitCode.DATA, train("nothing.csv"));

        assertTrue(text(err).contains("nothing.csv"), text(err));
    }

    private ExitCode train(String table, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train", "--data", at(table), "--header", "--output", at("out"), "--engine", "cpu", "--max-iter", "5"));
        arguments.addAll(List.of(more));
        return Main.run(arguments, MainTest.printTo(out), MainTest.printTo(err));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(name).toFile());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
