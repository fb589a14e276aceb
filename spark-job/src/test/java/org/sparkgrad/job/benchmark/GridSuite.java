package org.sparkgrad.job.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sparkgrad.gpu.cpu.Processor;

/**
 * The suite {@code grid}, a JVM for each case: a cross-validation beside a single fit.
 *
 * <p>Systems: one-fit (the middle setting), grid (GpuCrossValidator), cv-stock (CrossValidator over the same estimator,
 * which fits the models one after the other). Metrics: seconds; sourcePasses, how often rows that are in no memory are
 * read; largestDifference, of a coefficient between the models of grid and cv-stock, where both are measured.
 */
public final class GridSuite {
    private static final List<String> CASES = List.of("dense-100000x1000-9x3");
    private static final List<String> SYSTEMS = List.of("one-fit", "grid", "cv-stock");

    private GridSuite() {}

    /** Takes --cases, --systems, --rounds and --json; ends with 1 if a case failed, after the others. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        System.err.printf(
                "suite grid on %s, %d threads, Java %s%n",
                Processor.here().name(), Runtime.getRuntime().availableProcessors(), Runtime.version());
        List<String> lines = new ArrayList<>();
        boolean failed = false;
        for (String name : list(given, "--cases", CASES)) {
            List<String> command = command(name, given);
            if (!run(command, lines)) {
                System.err.println("failed: " + String.join(" ", command));
                failed = true;
            }
        }
        List<String> file = list(given, "--json", List.of());
        if (!file.isEmpty()) {
            Files.writeString(Path.of(file.get(0)), "[\n  " + String.join(",\n  ", lines) + "\n]\n");
        }
        if (failed) {
            System.exit(1);
        }
    }

    private static List<String> command(String name, List<String> given) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
        command.addAll(List.of(
                "-Xss8m",
                "-XX:MaxRAMPercentage=50",
                "-cp",
                System.getProperty("java.class.path"),
                GridRun.class.getName(),
                name,
                list(given, "--rounds", List.of("3")).get(0)));
        command.addAll(list(given, "--systems", SYSTEMS));
        return command;
    }

    /** Adds what the case prints, and returns whether it ended well. */
    private static boolean run(List<String> command, List<String> lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.out.println(line);
                if (line.startsWith("{")) {
                    lines.add(line);
                }
            }
        }
        return process.waitFor() == 0;
    }

    private static List<String> list(List<String> given, String option, List<String> unset) {
        int at = given.indexOf(option);
        return at < 0 ? unset : List.of(given.get(at + 1).split(","));
    }
}
