package org.sparkgrad.job.exchange;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.LoopbackCluster;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.pass.GradientPass;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.ShardSums;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.placement.TaskSlots;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.spark.PersistedRdd;

/**
 * The suite {@code exchange} of scripts/benchmark.sh: what a step costs beside computing. Two workers, or as many as a case
 * says, hold 16 shards and answer each pass with sums that are ready. As many steps as are measured go before, to warm up:
 * more where a step is short, for until its code is compiled it takes some thousand of them.
 */
public final class ExchangeSuite {
    private static final List<String> CASES = List.of(
            "8000-local",
            "8000-local-cluster",
            "8000-standalone",
            "100000-local",
            "100000-local-cluster",
            "100000-standalone",
            "1000000-local",
            "1000000-local-cluster",
            "1000000-standalone",
            EpochCase.NAME);
    private static final List<String> SYSTEMS =
            List.of("loopback", "stage", "job", "stage-auth", "stage-crypto", "pytorch");
    private static final int SHARDS = 16;
    private static final Pattern CASE = Pattern.compile("(\\d+)-(local|local-cluster|standalone)(?:-x(\\d+))?");
    private static final int WORKERS = 2;
    private static final int LEAST_STEPS = 1000;
    private static final int MOST_STEPS = 10_000;
    private static final int STEPS_NUMBERS = 200_000_000;
    private static final int JOB_STEPS = 60;
    private static final int PARTS = 5;
    private static final double MILLIS = 1e6;

    private ExchangeSuite() {}

    /** Takes --cases, --systems and --json. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        List<String> cases = list(given, "--cases").orElse(CASES);
        List<String> lines = new ArrayList<>();
        List<String> systems = list(given, "--systems").orElse(SYSTEMS);
        Map<Place, List<Integer>> places = new LinkedHashMap<>();
        cases.forEach(name -> {
            Matcher parts = CASE.matcher(name);
            if (parts.matches()) {
                int workers = parts.group(3) == null ? WORKERS : Integer.parseInt(parts.group(3));
                places.computeIfAbsent(new Place(parts.group(2), workers), none -> new ArrayList<>())
                        .add(Integer.parseInt(parts.group(1)));
            }
        });
        for (Place place : places.keySet()) {
            for (String system : systems) {
                if (!system.equals("pytorch")) {
                    lines.addAll(run(place, system, Objects.requireNonNull(places.get(place))));
                }
            }
        }
        if (cases.contains(EpochCase.NAME)) {
            for (String system : List.of("stage", "job")) {
                if (systems.contains(system)) {
                    lines.addAll(epochs(system));
                }
            }
            if (systems.contains("pytorch")) {
                lines.addAll(EpochCase.pytorch());
            }
        }
        Optional<List<String>> file = list(given, "--json");
        if (file.isPresent()) {
            Files.writeString(Path.of(file.get().get(0)), "[\n  " + String.join(",\n  ", lines) + "\n]\n");
        }
    }

    /** Where workers are, and how many. */
    private record Place(String master, int workers) {
        String caseOf(int size) {
            return size + "-" + master + (workers == WORKERS ? "" : "-x" + workers);
        }
    }

    private static List<String> epochs(String system) throws IOException, InterruptedException {
        SparkSession session = TestSpark.cluster(
                "local-cluster[" + WORKERS + ",1,2048]",
                Map.of("spark.executor.memory", "2g", TestSpark.EXECUTOR_OPTIONS, ""));
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        awaitExecutors(spark, WORKERS);
        List<String> lines = EpochCase.measure(spark, system);
        session.stop();
        return lines;
    }

    private static void awaitExecutors(JavaSparkContext spark, int executors) {
        while (TaskSlots.executors(spark) < executors) {
            Thread.onSpinWait();
        }
    }

    private static List<String> run(Place place, String system, List<Integer> sizes)
            throws IOException, InterruptedException {
        if (system.equals("loopback")) {
            List<String> floor = new ArrayList<>();
            for (int size : sizes) {
                double[] millis = LoopbackFloor.millis(place.workers(), size, LEAST_STEPS);
                floor.add(line(place.caseOf(size), system, 50, millis));
                floor.add(line(place.caseOf(size), system, 90, millis));
            }
            return floor;
        }
        Map<String, String> conf = new HashMap<>(security(system));
        conf.put(TestSpark.EXECUTOR_OPTIONS, "");
        Path folder = Files.createTempDirectory("exchange-suite");
        try (LoopbackCluster cluster =
                place.master().equals("standalone") ? new LoopbackCluster(folder, place.workers(), conf) : null) {
            String url = switch (place.master()) {
                case "local" -> "local[" + place.workers() + "]";
                case "local-cluster" -> "local-cluster[" + place.workers() + ",1,1024]";
                default -> Objects.requireNonNull(cluster).url();
            };
            List<String> lines = new ArrayList<>();
            SparkSession session = TestSpark.cluster(url, conf);
            for (int size : sizes) {
                lines.addAll(measure(JavaSparkContext.fromSparkContext(session.sparkContext()), place, system, size));
            }
            session.stop();
            return lines;
        }
    }

    private static Map<String, String> security(String system) {
        Map<String, String> conf = new LinkedHashMap<>(Map.of(
                "spark.executor.memory", "1g",
                "spark.scheduler.minRegisteredResourcesRatio", "1.0"));
        if (system.startsWith("stage-")) {
            conf.put("spark.authenticate", "true");
            conf.put("spark.authenticate.secret", "for the benchmark");
            conf.put("spark.network.crypto.enabled", "" + system.equals("stage-crypto"));
        }
        return conf;
    }

    private static List<String> measure(JavaSparkContext spark, Place place, String system, int size) {
        awaitExecutors(spark, place.master().equals("local") ? 1 : place.workers());
        List<Shard> shards = IntStream.range(0, SHARDS)
                .mapToObj(s -> new Shard(s, size - 1, List.of()))
                .toList();
        PersistedRdd<Shard> blocks =
                PersistedRdd.of(spark.parallelize(new ArrayList<>(shards), SHARDS), StorageLevel.MEMORY_AND_DISK());
        WorkerPlan plan = WorkerPlan.of(blocks, ExchangeRuns.cpu(), new LogisticLoss(), SHARDS);
        ShardSums.Factory ready = (worker, workers) -> new ReadySums(worker, workers, size);
        boolean jobs = system.equals("job");
        try (Exchange exchange =
                jobs ? new JobExchange(spark, plan, ready) : new StageExchange(spark, plan, ready, note -> {})) {
            GradientPass pass = new GradientPass(Coefficients.zeros(1, size - 1), BatchSlot.ALL);
            int steps = jobs ? JOB_STEPS : Math.max(LEAST_STEPS, Math.min(MOST_STEPS, STEPS_NUMBERS / size));
            double[] millis = new double[steps];
            Map<Long, Long> driver = Map.of();
            for (int step = -steps; step < steps; step++) {
                if (step == 0) {
                    driver = driverNanos();
                }
                long start = System.nanoTime();
                exchange.sum(pass);
                if (step >= 0) {
                    millis[step] = (System.nanoTime() - start) / MILLIS;
                }
            }
            List<String> lines = new ArrayList<>();
            lines.add(line(place.caseOf(size), system, 50, millis));
            lines.add(line(place.caseOf(size), system, 90, millis));
            if (!jobs) {
                double mean = driverNanosSince(driver) / MILLIS / steps;
                System.out.printf(
                        Locale.ROOT, "%-24s %-14s driver %7.3f ms of processor%n", place.caseOf(size), system, mean);
                lines.add(json(place.caseOf(size), system, "driverProcessor", "ms", mean, mean, mean, steps));
            }
            return lines;
        }
    }

    /** Returns the processor time of the driver's thread and of those that serve its port, by thread. */
    private static Map<Long, Long> driverNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null
                        && (thread.getThreadName().equals("main")
                                || thread.getThreadName().startsWith("sparkgrad-server")))
                .collect(Collectors.toMap(
                        ThreadInfo::getThreadId, thread -> threads.getThreadCpuTime(thread.getThreadId())));
    }

    /** Returns how much these threads took since; those of an earlier port may have ended. */
    private static long driverNanosSince(Map<Long, Long> before) {
        return driverNanos().entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    private static double percentile(double[] values, int from, int to, int percent) {
        double[] sorted = Arrays.copyOfRange(values, from, to);
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** Minimum and maximum are those of a fifth of the steps. */
    private static String line(String name, String system, int percent, double[] millis) {
        int part = millis.length / PARTS;
        double[] parts = IntStream.range(0, PARTS)
                .mapToDouble(p -> percentile(millis, p * part, (p + 1) * part, percent))
                .sorted()
                .toArray();
        double all = percentile(millis, 0, millis.length, percent);
        System.out.printf(Locale.ROOT, "%-24s %-14s p%d %10.3f ms%n", name, system, percent, all);
        return json(name, system, "p" + percent, "ms", all, parts[0], parts[PARTS - 1], millis.length);
    }

    static String json(
            String name, String system, String metric, String unit, double median, double min, double max, int runs) {
        return String.format(
                Locale.ROOT,
                "{\"suite\": \"exchange\", \"case\": \"%s\", \"system\": \"%s\", \"metric\": \"%s\", \"unit\": \"%s\", \"median\": %.6g, \"min\": %.6g, \"max\": %.6g, \"runs\": %d}",
                name,
                system,
                metric,
                unit,
                median,
                min,
                max,
                runs);
    }

    private static Optional<List<String>> list(List<String> given, String option) {
        int at = given.indexOf(option);
        return at < 0 ? Optional.empty() : Optional.of(List.of(given.get(at + 1).split(",")));
    }

    /** The sums of a worker's share of the shards, computed before; workers are a power of two. */
    private static final class ReadySums implements ShardSums {
        private final List<MergeTree.Subtree<double[]>> sums;

        ReadySums(int worker, int workers, int size) {
            int level = Integer.numberOfTrailingZeros(SHARDS / workers);
            sums = List.of(new MergeTree.Subtree<>(level, worker, new double[size + 2]));
        }

        @Override
        public List<MergeTree.Subtree<double[]>> sums(Pass pass) {
            return sums;
        }

        @Override
        public Optional<WorkerReport> report() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
