package org.sparkgrad.job.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sparkgrad.gpu.cpu.Processor;

/** A suite of cases, each in a JVM of its own, and the form of its results. */
final class SuiteProcess {
    private static final List<String> ROUNDS = List.of("3");

    private SuiteProcess() {}

    /** Prints the machine that measures. */
    static void announce(String suite) {
        System.err.printf(
                "suite %s on %s, %d threads, Java %s%n",
                suite, Processor.here().name(), Runtime.getRuntime().availableProcessors(), Runtime.version());
    }

    /**
     * Runs the cases that --cases and --systems name, or else the default ones, prints the results and writes them to
     * the file of --json.
     *
     * @param main measures one case: it takes the case, --rounds and the systems, and prints an object of {@link #result} a line
     * @return whether all cases came to their end
     */
    static boolean run(String suite, Class<?> main, List<String> arguments, List<String> cases, List<String> systems)
            throws IOException, InterruptedException {
        announce(suite);
        List<String> lines = new ArrayList<>();
        boolean whole = true;
        for (String name : list(arguments, "--cases", cases)) {
            whole &= run(main, name, list(arguments, "--rounds", ROUNDS), list(arguments, "--systems", systems), lines);
        }
        write(arguments, lines);
        return whole;
    }

    /** Writes results to the file of --json, if there is one. */
    static void write(List<String> arguments, List<String> lines) throws IOException {
        List<String> file = list(arguments, "--json", List.of());
        if (!file.isEmpty()) {
            Files.writeString(Path.of(file.get(0)), "[\n  " + String.join(",\n  ", lines) + "\n]\n");
        }
    }

    private static boolean run(
            Class<?> main, String name, List<String> rounds, List<String> systems, List<String> lines)
            throws IOException, InterruptedException {
        List<String> given = new ArrayList<>(List.of(name, rounds.get(0)));
        given.addAll(systems);
        return run(java(main, "-XX:MaxRAMPercentage=50", given), line -> {
            System.out.println(line);
            if (line.startsWith("{")) {
                lines.add(line);
            }
        });
    }

    /** Returns the command of a JVM with this one's class path and the options that Spark needs. */
    static List<String> java(Class<?> main, String memory, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
        command.addAll(List.of("-Xss8m", memory, "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /**
     * Runs a process to its end.
     *
     * @param output receives the lines of its standard output
     * @return whether it ended with 0
     */
    static boolean run(List<String> command, Consumer<String> output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(output);
        }
        boolean ended = process.waitFor() == 0;
        if (!ended) {
            System.err.println("failed: " + String.join(" ", command));
        }
        return ended;
    }

    /** Returns a metric as a JSON object: its median and range over the runs. */
    static String result(String suite, String name, String system, String metric, String unit, List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return String.format(
                Locale.ROOT,
                "{\"suite\": \"%s\", \"case\": \"%s\", \"system\": \"%s\", \"metric\": \"%s\", \"unit\": \"%s\","
                        + " \"median\": %.6g, \"min\": %.6g, \"max\": %.6g, \"runs\": %d}",
                suite,
                name,
                system,
                metric,
                unit,
                median,
                sorted[0],
                sorted[sorted.length - 1],
                sorted.length);
    }

    /** Returns the values of an option, which are divided by commas. */
    static List<String> list(List<String> given, String option, List<String> unset) {
        int at = given.indexOf(option);
        return at < 0 ? unset : List.of(given.get(at + 1).split(","));
    }
}
