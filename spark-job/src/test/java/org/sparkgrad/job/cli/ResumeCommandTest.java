package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.problem.ExitCode;

/** Drivers in JVMs of their own, stopped or killed in mid-run, and what goes on where they stood. */
class ResumeCommandTest {
    private static final Pattern STEP = Pattern.compile("checkpoint-\\d+-step-(\\d+)");
    private static final int MINUTES = 5;

    private static final String ADAM =
            "--optimizer adam --batch-size 50 --epochs 30 --tol 0 --validation-fraction 0.2 --patience 8 --checkpoint-steps 1";

    @TempDir
    private static Path folder;

    private static CommandRuns runs;

    @BeforeAll
    static void stopOneRun() throws Exception {
        runs = new CommandRuns(folder);
        runs.ok("generate --kind pets --rows 3000 --output @pets --format csv");
        assertEquals(ExitCode.INTERRUPTED.status(), stopped("stopped", ADAM, "TERM", 60));
        runs.ok(train("whole", ADAM));
    }

    private static String train(String output, String options) {
        return "train --data @pets --format csv --header true --label species --engine cpu --output @%s %s"
                .formatted(output, options);
    }

    private static Path checkpoints(String output) {
        return folder.resolve(output + ".running/checkpoints");
    }

    /** Returns the last step that a run has saved. */
    private static int saved(String output) {
        String[] names = checkpoints(output).toFile().list();
        return names == null
                ? -1
                : Arrays.stream(names)
                        .map(STEP::matcher)
                        .filter(Matcher::matches)
                        .mapToInt(name -> Integer.parseInt(name.group(1)))
                        .max()
                        .orElse(-1);
    }

    /** Runs in a JVM of its own, signals it once it has saved a step, and returns its exit status. */
    private static int stopped(String output, String options, String signal, int step) throws Exception {
        Path log = folder.resolve(output + ".log");
        Process process = new ProcessBuilder(
                        MainProcess.commandLine(train(output, options).replace("@", folder + "/")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            while (saved(output) < step && process.isAlive()) {
                Thread.sleep(1);
            }
            assertTrue(process.isAlive(), () -> "ended by itself: " + read(log));
            if (output.equals("stopped")) {
                CommandRuns.Ended second = runs.run(train(output, options));
                assertEquals(ExitCode.USAGE, second.code(), second.err());
                assertTrue(second.err().contains("is being filled by process " + process.pid()), second.err());
            }
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> "it hangs: " + read(log));
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static void assertSame(String expected, String actual) {
        JsonNode whole = runs.json(expected + "/summary.json");
        JsonNode resumed = runs.json(actual + "/summary.json");
        for (String name : List.of(
                "coefficientsSha256",
                "objectiveHistory",
                "convergenceReason",
                "steps",
                "epochs",
                "evaluations",
                "passes",
                "objective",
                "metrics")) {
            assertEquals(whole.path(name), resumed.path(name), name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KILL, 137, 3, --optimizer lbfgs --standardization false --max-iter 60 --tol 0 --reg-param 0.0001 --checkpoint-steps 1 --exchange job",
        "TERM, 7, 2, --optimizer lbfgs --standardization false --max-iter 60 --tol 0 --reg-param 0.001 --elastic-net-param 0.5 --checkpoint-steps 1 --exchange job",
        "INT, 7, 33, " + ADAM,
        "KILL, 137, 33, --optimizer momentum --batch-size 100 --epochs 12 --tol 0 --schedule cosine --warmup-steps 9 --checkpoint-steps 1"
    })
    void aStoppedDriverIsGoneOnFrom(String signal, int status, int step, String options) throws Exception {
        String name = "run" + Integer.toHexString((signal + options).hashCode());
        assertEquals(status, stopped(name, options, signal, step));
        assertFalse(Files.exists(folder.resolve(name)), "no result yet");

        CommandRuns.Ended resumed = runs.run(train(name, options + " --resume"));

        assertEquals(ExitCode.OK, resumed.code(), resumed.err());
        assertTrue(resumed.err().contains("going on after step"), resumed.err());
        runs.ok(train(name + "-whole", options));
        assertSame(name + "-whole", name);
        assertFalse(Files.exists(folder.resolve(name + ".running")));
        assertFalse(Files.exists(folder.resolve(name + "/checkpoints")));
    }

    @Test
    void theSummaryOfAnInterruptedRunSaysSo() throws IOException {
        JsonNode summary = runs.json("stopped.running/summary.json");
        assertEquals("interrupted", summary.path("status").asText());
        assertEquals("Interrupted", summary.path("convergenceReason").asText());
        assertTrue(summary.path("steps").asInt() >= 60);
        String log = Files.readString(folder.resolve("stopped.log"));
        assertTrue(log.contains("the same command with --resume goes on"), log);
        assertFalse(log.contains("\tat "), log);
        assertTrue(Files.exists(folder.resolve("stopped.running/_lock/00000001.left")));
    }

    /** Returns a copy of the interrupted run under a name of its own. */
    private static String copy(String name) throws IOException {
        FileUtils.copyDirectory(
                folder.resolve("stopped.running").toFile(),
                folder.resolve(name + ".running").toFile());
        return name;
    }

    private static void refused(String name, String data, ExitCode code, String... said) throws IOException {
        refusedRun(name, train(copy(name), ADAM + " --resume").replace("@pets", "@" + data), code, said);
    }

    private static void refusedRun(String name, String command, ExitCode code, String... said) {
        CommandRuns.Ended ended = runs.run(command);
        assertEquals(code, ended.code(), ended.err());
        Stream.of(said).forEach(text -> assertTrue(ended.err().contains(text), ended.err()));
        assertEquals(saved("stopped"), saved(name), "the checkpoints stay");
    }

    @Test
    void anotherConfigurationIsRefused() throws IOException {
        refusedRun(
                "other-keys",
                train(copy("other-keys"), ADAM + " --reg-param 0.01 --seed 7 --resume"),
                ExitCode.USAGE,
                "regParam was 0 and is 0.01",
                "seed was 42 and is 7");
        refusedRun(
                "fewer-epochs",
                train(copy("fewer-epochs"), ADAM.replace("--epochs 30", "--epochs 1") + " --resume"),
                ExitCode.USAGE,
                "--epochs is 1");
    }

    @Test
    void otherDataAreRefused() throws IOException {
        String dog =
                rows().stream().filter(row -> row.endsWith("dog")).findFirst().orElseThrow();
        String cat =
                rows().stream().filter(row -> row.endsWith("cat")).findFirst().orElseThrow();
        write("heavier", row -> row.equals(dog) ? "1" + row : row);
        refused("other-features", "heavier", ExitCode.DATA, "statisticsSha256 was");
        write(
                "swapped",
                row -> row.equals(dog) ? dog.replace("dog", "cat") : row.equals(cat) ? cat.replace("cat", "dog") : row);
        refused("other-labels", "swapped", ExitCode.DATA, "first gradient", "a value of the data has changed");
    }

    private static List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("pets"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                List<String> lines = Files.readAllLines(file);
                rows.addAll(lines.subList(rows.isEmpty() ? 0 : 1, lines.size()));
            }
        }
        return rows;
    }

    private static void write(String table, UnaryOperator<String> change) throws IOException {
        Files.write(folder.resolve(table), rows().stream().map(change).toList());
    }

    @Test
    void whatMayChangeMayChange() throws IOException {
        String name = copy("free");
        runs.ok(train(
                name,
                ADAM.replace("--checkpoint-steps 1", "--checkpoint-seconds 0") + " --max-seconds 10000 --resume"));
        assertSame("whole", name);
    }

    @Test
    void ofADamagedCheckpointTheOneBeforeIsTaken() throws IOException {
        String name = copy("damaged");
        Path last;
        try (Stream<Path> files = Files.list(checkpoints(name))) {
            last = files.filter(file ->
                            STEP.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .reduce((a, b) -> b)
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(last);
        bytes[bytes.length / 2] ^= 1;
        Files.deleteIfExists(last.resolveSibling("." + last.getFileName() + ".crc"));
        Files.write(last, bytes);

        CommandRuns.Ended ended = runs.run(train(name, ADAM + " --resume"));

        assertEquals(ExitCode.OK, ended.code(), ended.err());
        assertTrue(ended.err().contains("is damaged"), ended.err());
        assertSame("whole", name);
    }

    @Test
    void withoutACheckpointItStartsAnew() {
        CommandRuns.Ended ended = runs.run(train("anew", ADAM + " --resume"));
        assertEquals(ExitCode.OK, ended.code(), ended.err());
        assertTrue(ended.err().contains("starting anew"), ended.err());
        assertSame("whole", "anew");
    }
}
