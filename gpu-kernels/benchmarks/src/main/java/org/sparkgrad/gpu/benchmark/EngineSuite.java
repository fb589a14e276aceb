package org.sparkgrad.gpu.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.cpu.Processor;

/** The suite {@code engines}: a JVM for each case, a table on the screen, and all numbers as JSON. */
public final class EngineSuite {
    private static final String CASES =
            "dense-100000x1000-k1,dense-2000000x100-k1,dense-60000x784-k10,dense-4000000x28-k10,dense-100000x1000-k100,sparse-500000x1000000x40-k1";
    private static final String SYSTEMS =
            "stream,sgemm,cpu,cpu-java,cpu-exact,row-wise,device-copy,opencl,reference,pytorch";
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    /** The exit code of a self-test without a device. */
    private static final int NO_DEVICE = 4;

    /** The case that the script behind --train measures: jobs of Spark. */
    private static final String TRAIN = "train";

    private static final long NO_END = TimeUnit.DAYS.toSeconds(10);

    private EngineSuite() {}

    /**
     * Takes --cases, --systems, --json, --seconds after which nothing more is measured, --pytorch and --train with the
     * scripts that measure these, and --self-test. Ends with 1 where a test or a measurement failed, which the others
     * survive, with 4 where there is no device to test.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        List<String> systems = new ArrayList<>(list(given, "--systems").orElse(List.of(SYSTEMS.split(","))));
        Optional<String> python = systems.remove("pytorch") ? python() : Optional.empty();
        System.err.printf(
                "suite engines on %s, %d threads, Java %s, %s%n",
                Processor.here().name(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                OpenBlas.description().orElse("no OpenBLAS"));
        Results results = new Results(list(given, "--json").map(file -> Path.of(file.get(0))));
        Program program = new Program(
                results,
                list(given, "--seconds")
                        .map(seconds -> Long.parseLong(seconds.get(0)))
                        .orElse(NO_END));
        List<String> failed = new ArrayList<>();
        if (given.contains("--self-test")) {
            int exit = program.run(List.of(JAVA, "-Xss8m", "-cp", CLASS_PATH, SelfTest.class.getName()));
            if (exit == NO_DEVICE) {
                System.exit(NO_DEVICE);
            }
            if (exit != 0) {
                failed.add("self-test");
            }
        }
        for (String name : list(given, "--cases").orElse(List.of(CASES.split(",")))) {
            for (List<String> command : commands(name, systems, python, given)) {
                if (!program.mayStart()) {
                    System.err.println(name + ": not measured: the time is over");
                } else if (program.run(command) != 0) {
                    failed.add(name);
                }
            }
        }
        if (!failed.isEmpty()) {
            System.err.println("failed: " + String.join(", ", failed) + "; the rest was measured");
            System.exit(1);
        }
    }

    private static List<List<String>> commands(
            String name, List<String> systems, Optional<String> python, List<String> given) {
        if (name.equals(TRAIN)) {
            return list(given, "--train").stream().toList();
        }
        BenchmarkCase data = BenchmarkCase.parse(name);
        List<List<String>> commands = new ArrayList<>(List.of(javaCommand(data, systems)));
        Optional<List<String>> script = list(given, "--pytorch");
        if (python.isPresent() && script.isPresent() && !data.sparse()) {
            commands.add(List.of(
                    python.get(),
                    script.get().get(0),
                    name,
                    Integer.toString(data.rows()),
                    Integer.toString(data.features()),
                    Integer.toString(data.outputs())));
        }
        return commands;
    }

    /** Half of this machine's memory: the largest case holds half a gigabyte, and a device a copy. */
    private static List<String> javaCommand(BenchmarkCase data, List<String> systems) {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-XX:MaxRAMPercentage=40",
                "-Djmh.ignoreLock=true",
                "-cp",
                CLASS_PATH,
                CaseRun.class.getName(),
                data.name()));
        systems.stream().filter(system -> fits(data, system)).forEach(command::add);
        return command;
    }

    /** Some systems say nothing in some cases: dense loops of sparse data, hours of double loops. */
    private static boolean fits(BenchmarkCase data, String system) {
        return switch (system) {
            case "cpu-java", "cpu-exact" -> !data.sparse();
            case "row-wise" -> data.sparse();
            case "reference" -> data.operations() < 1e10;
            default -> true;
        };
    }

    /** The first Python that has PyTorch: a distribution's own has the distribution's packages. */
    private static Optional<String> python() throws InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import torch")
                        .redirectErrorStream(true)
                        .start();
                process.getInputStream().readAllBytes();
                if (process.waitFor() == 0) {
                    return Optional.of(python);
                }
            } catch (IOException none) {
                System.err.println("pytorch: " + none.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Returns what follows an option, cut at commas. */
    private static Optional<List<String>> list(List<String> given, String option) {
        int at = given.indexOf(option);
        return at < 0 ? Optional.empty() : Optional.of(List.of(given.get(at + 1).split(",")));
    }
}
