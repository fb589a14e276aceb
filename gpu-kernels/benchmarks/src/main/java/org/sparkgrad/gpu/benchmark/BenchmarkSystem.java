package org.sparkgrad.gpu.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.GradientEngine;

/** What is measured: one step is one task on each thread, and ends with the last. */
final class BenchmarkSystem {
    /** Does nothing. */
    static final BenchmarkSystem NONE = limit(ForkJoinPool.commonPool(), List.of(), 0, 0);

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final ExecutorService threads;
    private final List<Callable<Object>> tasks;
    private final List<GradientEngine> engines;
    private final double bytes;
    private final double operations;
    private final List<Double> processorSeconds = new ArrayList<>();

    private BenchmarkSystem(
            ExecutorService threads,
            List<Callable<Object>> tasks,
            List<GradientEngine> engines,
            double bytes,
            double operations) {
        this.threads = threads;
        this.tasks = tasks;
        this.engines = engines;
        this.bytes = bytes;
        this.operations = operations;
    }

    /** Machine limits: every thread runs the task. */
    static BenchmarkSystem limit(
            ExecutorService threads, List<Callable<Object>> tasks, double bytes, double operations) {
        return new BenchmarkSystem(threads, tasks, List.of(), bytes, operations);
    }

    /** Engines: each sums all rows of its shards, and merges its shards, as a worker does. */
    static BenchmarkSystem engines(ExecutorService threads, List<GradientEngine> engines, BenchmarkCase data) {
        Coefficients coefficients = data.coefficients();
        List<Callable<Object>> tasks = new ArrayList<>();
        for (GradientEngine engine : engines) {
            List<RowRange> all = engine.shards().stream().map(RowRange::all).toList();
            List<Integer> trees = trees(all.size());
            tasks.add(() -> engine.sum(coefficients, all, trees));
        }
        return new BenchmarkSystem(threads, tasks, engines, data.bytes(), data.operations());
    }

    private static List<Integer> trees(int shards) {
        List<Integer> trees = new ArrayList<>();
        for (int rest = shards; rest > 0; rest -= Integer.highestOneBit(rest)) {
            trees.add(Integer.highestOneBit(rest));
        }
        return trees;
    }

    /** Runs one step and returns what came out. */
    Object step() {
        List<Callable<Object>> timed = new ArrayList<>();
        double[] seconds = new double[tasks.size()];
        for (int t = 0; t < seconds.length; t++) {
            int number = t;
            timed.add(() -> {
                long start = CLOCK.getCurrentThreadCpuTime();
                Object result = tasks.get(number).call();
                seconds[number] = (CLOCK.getCurrentThreadCpuTime() - start) / 1e9;
                return result;
            });
        }
        List<Object> results = new ArrayList<>();
        try {
            for (Future<Object> task : threads.invokeAll(timed)) {
                results.add(task.get());
            }
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException("a task failed", failure);
        }
        processorSeconds.add(Arrays.stream(seconds).max().orElse(0));
        return results;
    }

    /** Returns seconds and rates. */
    List<Measurement> measurements(String benchmarkCase, String name, List<Double> seconds) {
        List<Measurement> all = new ArrayList<>();
        all.add(Measurement.of(benchmarkCase, name, "seconds", "s", seconds));
        // Of the thread that took longest: what a step takes where nothing else runs. A device has none.
        all.add(Measurement.of(
                benchmarkCase,
                name,
                "processorSeconds",
                "s",
                processorSeconds.subList(processorSeconds.size() - seconds.size(), processorSeconds.size())));
        if (bytes > 0) {
            all.add(Measurement.of(benchmarkCase, name, "gbPerSecond", "GB/s", rates(bytes, seconds)));
        }
        if (operations > 0) {
            all.add(Measurement.of(benchmarkCase, name, "gflops", "GFLOP/s", rates(operations, seconds)));
        }
        return all;
    }

    private static List<Double> rates(double amount, List<Double> seconds) {
        return seconds.stream().map(time -> amount / time / 1e9).toList();
    }

    /** Returns the engines in the order of their shards; none for a machine limit. */
    List<GradientEngine> engines() {
        return engines;
    }

    /** Returns what computes. */
    String description() {
        return engines.isEmpty()
                ? ""
                : engines.get(0).report().instructionSet() + " on "
                        + engines.get(0).report().device();
    }

    static List<List<Shard>> deal(List<Shard> shards, int engines) {
        List<List<Shard>> hands = new ArrayList<>();
        int each = shards.size() / engines;
        for (int e = 0; e < engines; e++) {
            hands.add(shards.subList(e * each, (e + 1) * each));
        }
        return hands;
    }
}
