package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** {@code train --dry-run} by its command line. */
class DryRunTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeTable() throws IOException {
        StringBuilder table = new StringBuilder("id,x,y,z,w,label\n");
        for (int i = 0; i < 200; i++) {
            table.append("row%d,%d,%s,0,1,%s%n".formatted(i, i % 2, i / 8.0, i % 4 == 0 ? "cat" : "dog"));
        }
        Files.writeString(folder.resolve("table.csv"), table);
    }

    @BeforeAll
    static void lendTheCommandASession() {
        TestSpark.session("local[2]");
    }

    @Test
    void itTellsSchemaCountsEngineAndMemoryAndWritesNothing() throws IOException {
        assertEquals(
                ExitCode.OK,
                dryRun("--ignore-columns", "id", "--weight", "w", "--engine", "cpu", "--test-data", at("table.csv")),
                text(err));

        String words = text(out).replaceAll(" +", " ");
        for (String line : List.of(
                "id string ignored 1",
                "x bigint feature 1",
                "y double feature 1",
                "z bigint feature 1",
                "w bigint weight 1",
                "label string label 1",
                "training rows 200",
                "test rows 200",
                "features 3",
                "classes 2",
                "dog 150 75.0 %",
                "cat 50 25.0 %",
                "engine cpu in single precision: asked for",
                "shards 16 of dense blocks, 300 B each",
                "memory 4.7 KiB of blocks, all held by the workers",
                "a step's messages take up to 96 B beside an executor's heap, 64 B on the driver's and 16 B beside it",
                "dry run: nothing was trained, nothing was written")) {
            assertTrue((words + "\n").contains(line + "\n"), line + " is not in\n" + text(out));
        }
        assertTrue(words.contains("workers 2 on this machine, "), words);
        assertEquals(List.of("table.csv"), names());
    }

    @Test
    void neighboursOfOneKindShareALine() throws IOException {
        Files.writeString(folder.resolve("wide.csv"), "a,b,c,d,label\n1,2,3,4,0\n1,2,0,5,1\n");
        assertEquals(ExitCode.OK, run("--data", at("wide.csv"), "--header"), text(err));
        assertTrue(text(out).replaceAll(" +", " ").contains("a to d bigint feature 4\n"), text(out));
    }

    @Test
    void heldOutRowsAreNotTrainingRows() {
        assertEquals(ExitCode.OK, dryRun("--ignore-columns", "id", "--validation-fraction", "0.25"), text(err));
        String words = text(out).replaceAll(" +", " ");
        int held = Integer.parseInt(words.replaceAll("(?s).*rows held out (\\d+).*", "$1"));
        assertTrue(held > 20 && held < 80, words);
        assertTrue(words.contains("training rows " + (200 - held) + "\n"), words);
    }

    @Test
    void aDeviceIsNamed() {
        RealData.assumeEngine("opencl");
        assertEquals(ExitCode.OK, dryRun("--ignore-columns", "id", "--engine", "opencl"), text(err));
        assertTrue(text(out).contains("on this machine, device 0: "), text(out));
        assertTrue(text(out).contains(" on its device"), text(out));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --label nothing          | DATA  | There is no column nothing
            --label w --ignore-columns id,label | DATA | All 200 rows have the label 1
            --ignore-columns x --weight id | DATA | has "row0" in the weight column id
            --ignore-columns id --batch-size 201 | USAGE | --batch-size 201
            --ignore-columns id --epochs 0       | USAGE | --epochs 0
            --ignore-columns id --engine opencl --devices 999 | RESOURCES | no OpenCL device at address 999
            """)
    void badInputEndsAsInTraining(String options, String code, String message) {
        assertEquals(ExitCode.valueOf(code), dryRun(options.split(" ")), text(err));
        assertTrue(text(err).contains(message), text(err));
        assertEquals("", text(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exists", "table.csv/below", "table.csv"})
    void anOutputThatTrainingWouldRefuseIsRefused(String output) throws IOException {
        Files.createDirectory(folder.resolve("exists"));
        List<String> before = names();
        assertEquals(ExitCode.USAGE, dryRun("--ignore-columns", "id", "--output", at(output)));
        String refusal = text(err);
        err.reset();
        assertEquals(
                ExitCode.USAGE,
                Main.run(
                        List.of("train", "--data", at("table.csv"), "--header", "--output", at(output)),
                        MainTest.printTo(out),
                        MainTest.printTo(err)));
        assertEquals(refusal.lines().findFirst(), text(err).lines().findFirst());
        assertEquals(before, names());
    }

    @Test
    void anOutputThatCouldBeWrittenIsNotTouched() throws IOException {
        assertEquals(ExitCode.OK, dryRun("--ignore-columns", "id", "--output", at("new/folder")), text(err));
        assertEquals(List.of("table.csv"), names());
    }

    private ExitCode dryRun(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--data", at("table.csv"), "--header"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private ExitCode run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--dry-run"));
        arguments.addAll(List.of(more));
        return Main.run(arguments, MainTest.printTo(out), MainTest.printTo(err));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
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
