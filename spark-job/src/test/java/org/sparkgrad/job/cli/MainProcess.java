package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sparkgrad.job.TestSpark;

/** A command in a JVM of its own, with this one's class path, for what a process alone can show. */
final class MainProcess {
    private static final int MINUTES = 5;

    private MainProcess() {}

    /** Returns the command line of a JVM that runs a command of the job, logging as the launcher has it. */
    static List<String> commandLine(String arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        line.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        line.addAll(TestSpark.SHORT_LIVED);
        line.addAll(List.of("-Xmx1g", "-Xss8m", "-Dspark.ui.enabled=false", "-Dspark.master=local[2]"));
        line.add("-Dlog4j2.configurationFile="
                + Path.of("../conf/log4j2.properties").toAbsolutePath());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(List.of(arguments.strip().split(" +")));
        return line;
    }

    /** What a process left: its exit status and both outputs. */
    record Ended(int status, String out, String err) {}

    /** Runs a command line to its end. */
    static Ended run(Path folder, Map<String, String> environment, List<String> line) throws Exception {
        File out = Files.createTempFile(folder, "process", ".out").toFile();
        File err = Files.createTempFile(folder, "process", ".err").toFile();
        ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(out).redirectError(err);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> "it hangs: " + read(err));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), read(out), read(err));
    }

    private static String read(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
