package org.sparkgrad.gpu.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.cpu.Processor;

/** The suite {@code engines}: a JVM for each case, a table on the screen, and all numbers as JSON. */
public final class EngineSuite {
    private static final String CASES =
            "dense-100000x1000-k1,dense-2000000x100-k1,dense-60000x784-k10,dense-4000000x28-k10,dense-100000x1000-k100,sparse-500000x1000000x40-k1";
    private static final String SYSTEMS =
            "stream,sgemm,cpu,cpu-java,cpu-exact,row-wise,device-copy,opencl,reference,pytorch";
    private static final Pattern NUMBER = Pattern.compile("\"(case|system|metric|unit)\": \"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("\"(median|min|max)\": ([^,}]*)");

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final int LAST_LINES = 5;

    /** Java tells a signal as this and its number. */
    private static final int SIGNALS = 128;

    private record Ended(int exit, List<String> lines) {}

    private EngineSuite() {}

    /** Takes --cases, --systems, --json, --pytorch with the script that measures that, and --self-test. */
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
        List<String> lines = new ArrayList<>();
        if (given.contains("--self-test")) {
            Ended selfTest = run(List.of(JAVA, "-cp", CLASS_PATH, SelfTest.class.getName()));
            lines.addAll(selfTest.lines());
            if (selfTest.exit() != 0) {
                System.err.println("nothing is measured where the self-test fails");
                System.exit(1);
            }
        }
        for (String name : list(given, "--cases").orElse(List.of(CASES.split(",")))) {
            BenchmarkCase data = BenchmarkCase.parse(name);
            lines.addAll(run(javaCommand(data, systems)).lines());
            Optional<List<String>> script = list(given, "--pytorch");
            if (python.isPresent() && script.isPresent() && !data.sparse()) {
                lines.addAll(run(List.of(
                                python.get(),
                                script.get().get(0),
                                name,
                                Integer.toString(data.rows()),
                                Integer.toString(data.features()),
                                Integer.toString(data.outputs())))
                        .lines());
            }
        }
        String json = "[\n  " + String.join(",\n  ", lines) + "\n]\n";
        Optional<List<String>> file = list(given, "--json");
        if (file.isPresent()) {
            Files.writeString(Path.of(file.get().get(0)), json);
        }
    }

    /** Half of this machine's memory: the largest case holds half a gigabyte, and a device a copy. */
    private static List<String> javaCommand(BenchmarkCase data, List<String> systems) {
        List<String> command = new ArrayList<>(
                List.of(JAVA, "-XX:MaxRAMPercentage=40", "-cp", CLASS_PATH, CaseRun.class.getName(), data.name()));
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

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        Deque<String> others = new ArrayDeque<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("{")) {
                    lines.add(line);
                    System.out.println(row(line));
                } else {
                    System.err.println(line);
                    others.add(line);
                    if (others.size() > LAST_LINES) {
                        others.remove();
                    }
                }
            }
        }
        int exit = process.waitFor();
        if (exit != 0) {
            System.err.printf(
                    "failed, %s %d: %s%nits last words:%n  %s%n",
                    exit > SIGNALS ? "by signal" : "exit code",
                    exit > SIGNALS ? exit - SIGNALS : exit,
                    String.join(" ", command),
                    String.join("\n  ", others));
        }
        return new Ended(exit, lines);
    }

    private static String row(String json) {
        List<Object> cells = new ArrayList<>();
        Matcher text = NUMBER.matcher(json);
        while (text.find()) {
            cells.add(text.group(2));
        }
        Matcher value = VALUE.matcher(json);
        while (value.find()) {
            cells.add(Double.parseDouble(value.group(2)));
        }
        return String.format("%-28s %-10s %-16s %-8s %12.5g %12.5g %12.5g", cells.toArray());
    }

    /** Returns what follows an option, cut at commas. */
    private static Optional<List<String>> list(List<String> given, String option) {
        int at = given.indexOf(option);
        return at < 0 ? Optional.empty() : Optional.of(List.of(given.get(at + 1).split(",")));
    }
}
