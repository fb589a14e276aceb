package org.sparkgrad.gpu.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures systems in one case and prints a line of JSON for each number: {@code CaseRun CASE SYSTEM...}.
 *
 * <p>The machine may be shared, so only numbers of the same minute compare: all systems of a case live in one JVM over
 * the same data, and take turns, a step each, for many rounds. JMH by itself would run all steps of one before the
 * next; here each turn is a run of JMH without a fork.
 */
public final class CaseRun {
    /** So many; a slow system fewer, but three: until then the just-in-time compiler is at work. */
    private static final int WARMUP_ROUNDS = 100;

    private static final int ROUNDS = 21;
    /** A system that takes long gets fewer turns, but three. */
    private static final double SECONDS_PER_SYSTEM = 4;

    private static final double WARMUP_SECONDS = 1.5;

    private static final int FEWEST = 3;

    private final BenchmarkCase data;
    private final Map<String, BenchmarkSystem> systems = new LinkedHashMap<>();

    private CaseRun(BenchmarkCase data) {
        this.data = data;
    }

    /** Runs one case. */
    public static void main(String[] arguments) throws RunnerException {
        CaseRun run = new CaseRun(BenchmarkCase.parse(arguments[0]));
        run.open(List.of(arguments).subList(1, arguments.length));
        run.rounds(WARMUP_ROUNDS, WARMUP_SECONDS);
        run.print(run.rounds(ROUNDS, SECONDS_PER_SYSTEM));
    }

    private void open(List<String> names) {
        int count = Runtime.getRuntime().availableProcessors();
        ExecutorService threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        Systems factory = new Systems(data, threads, count);
        for (String name : names) {
            try {
                BenchmarkSystem system = factory.open(name);
                systems.put(name, system);
                StepBenchmark.OPEN.put(name, system);
                System.err.printf("%s, %s: %s%n", data.name(), name, system.description());
            } catch (RuntimeException | LinkageError missing) {
                System.err.printf("%s, %s: not measured: %s%n", data.name(), name, missing.getMessage());
            }
        }
    }

    /** Returns the seconds of each step of each system. */
    private Map<String, List<Double>> rounds(int rounds, double secondsPerSystem) throws RunnerException {
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        systems.keySet().forEach(name -> seconds.put(name, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<Double>> entry : seconds.entrySet()) {
                List<Double> times = entry.getValue();
                double spent = times.stream().mapToDouble(Double::doubleValue).sum();
                if (times.size() < FEWEST || spent < secondsPerSystem) {
                    times.add(step(entry.getKey()));
                }
            }
        }
        return seconds;
    }

    private static double step(String system) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(StepBenchmark.class.getName())
                        .param("system", system)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle()
                .getPrimaryResult()
                .getScore();
    }

    private void print(Map<String, List<Double>> seconds) {
        GradientError error = new GradientError(data);
        systems.forEach((name, system) -> {
            List<Measurement> all =
                    new ArrayList<>(system.measurements(data.name(), name, seconds.getOrDefault(name, List.of())));
            if (!system.engines().isEmpty()) {
                List<Double> worst = List.of(error.of(system.engines()));
                all.add(Measurement.of(data.name(), name, "relativeError", "1", worst));
            }
            all.forEach(measurement -> System.out.println(measurement.json()));
        });
    }
}
