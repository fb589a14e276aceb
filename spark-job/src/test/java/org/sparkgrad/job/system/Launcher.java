package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sparkgrad.job.TestSpark;

/** Runs commands as a user would: a process of its own, in a folder of its own. */
final class Launcher {
    static final Path ROOT = Path.of(System.getenv("SPARKGRAD_ROOT"));
    static final Path SPARK = ROOT.resolve("spark-job/target/spark");

    static final Path JOB = ROOT.resolve("spark-job/target/sparkgrad.jar");

    /** The environment of commands over small data; over larger ones Java needs its second compiler. */
    static final Map<String, String> SHORT_LIVED = Map.of(
            "SPARK_SUBMIT_OPTS",
            "%1$s -D%2$s=\"%1$s\"".formatted(String.join(" ", TestSpark.SHORT_LIVED), TestSpark.EXECUTOR_OPTIONS));

    private static final int MINUTES = 10;

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * @param folder where commands run
     * @param environment beside the one of the tests
     */
    Launcher(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** What a command left: exit status and both outputs. */
    record Ended(int status, String out, String err) {
        Ended ok() {
            assertEquals(0, status, () -> "stdout:\n" + out + "\nstderr:\n" + err);
            return this;
        }
    }

    /** Runs scripts/sparkgrad with the arguments. */
    Ended sparkgrad(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve("scripts/sparkgrad").toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    /**
     * Runs scripts/sparkgrad, signals the process that it has become when a condition holds, and returns its exit status.
     *
     * @param log where both outputs go
     */
    int signalled(String signal, Path log, BooleanSupplier when, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("scripts/sparkgrad").toString()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                while (process.isAlive() && !when.getAsBoolean()) {
                    Thread.sleep(1);
                }
                assertTrue(process.isAlive(), () -> "ended by itself: " + read(log));
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor();
                assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> "it hangs: " + read(log));
                return process.exitValue();
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Returns the step of the last checkpoint of a training's folder, or 0. */
    static int lastCheckpoint(Path running) {
        String[] names = running.resolve("checkpoints").toFile().list();
        return Stream.of(names == null ? new String[0] : names)
                .filter(name -> name.startsWith("checkpoint-"))
                .mapToInt(name -> Integer.parseInt(name.split("-", -1)[1]))
                .max()
                .orElse(0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Submits the job without the launcher, as spark-submit does in client mode. */
    Ended submit(List<String> sparkOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(List.of("-cp", SPARK.resolve("jars/*").toString(), "org.apache.spark.deploy.SparkSubmit"));
        command.addAll(List.of(
                "--properties-file", ROOT.resolve("conf/spark-defaults.conf").toString(), "--master", "local[2]"));
        command.addAll(sparkOptions);
        command.addAll(List.of("--class", "org.sparkgrad.job.cli.Main", JOB.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs any command. */
    Ended run(List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "command", ".out");
            Path err = Files.createTempFile(folder, "command", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String errors = Files.readString(err, StandardCharsets.UTF_8);
            assertTrue(ended, () -> "still running after " + MINUTES + " minutes: " + command + "\n" + errors);
            return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Returns the summary of an output. */
    JsonNode summary(String output) {
        try {
            return new ObjectMapper()
                    .readTree(folder.resolve(output).resolve("summary.json").toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
