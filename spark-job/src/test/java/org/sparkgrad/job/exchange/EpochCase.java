package org.sparkgrad.job.exchange;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.Shards;

/** Epochs of Adam over data of MNIST's size on real engines, beside the time that the slowest engine of each step takes. */
final class EpochCase {
    static final String NAME = "adam-60000x784-k10-b256-local-cluster";
    private static final int ROWS = 60_000;
    private static final int FEATURES = 784;
    private static final int CLASSES = 10;
    private static final int BATCH = 256;
    private static final int SHARDS = 16;
    private static final int STEPS = (ROWS + BATCH - 1) / BATCH;
    private static final int EPOCHS = 8;
    private static final double RATE = 0.001;

    private EpochCase() {}

    /** Returns lines of JSON; the first epoch warms up. */
    static List<String> measure(JavaSparkContext spark, String system) {
        JavaRDD<Instance> rows =
                spark.parallelize(IntStream.range(0, ROWS).boxed().toList(), 4).map(EpochCase::instance);
        Shards shards = Shards.shuffle(rows, FEATURES, SHARDS, 1);
        FeatureScale scale = FeatureScale.of(shards.statistics(CLASSES), FEATURES, true, true, false);
        WorkerPlan plan = WorkerPlan.of(
                shards.blocks(scale, Precision.FLOAT, true), ExchangeRuns.cpu(), new SoftmaxLoss(CLASSES), SHARDS);
        try (Exchange exchange = system.equals("job")
                ? new JobExchange(spark, plan, plan)
                : new StageExchange(spark, plan, note -> {})) {
            double[] epochs = new double[EPOCHS];
            double[] engines = new double[EPOCHS];
            Adam adam = new Adam(CLASSES * (FEATURES + 1));
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                long start = System.nanoTime();
                for (int step = 0; step < STEPS; step++) {
                    List<WorkerTimes> before = exchange.traffic().workers();
                    adam.move(exchange.sum(new GradientPass(
                            new Coefficients(CLASSES, FEATURES, adam.at), new BatchSlot(step, STEPS))));
                    engines[epoch] += slowest(before, exchange.traffic().workers());
                }
                epochs[epoch] = (System.nanoTime() - start) / 1e9;
            }
            return List.of(line(system, "epochSeconds", epochs), line(system, "engineSeconds", engines));
        }
    }

    /** Returns PyTorch's lines, none where no python has it. */
    static List<String> pytorch() throws IOException, InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            Process process = new ProcessBuilder(
                            python,
                            "scripts/benchmark-epoch.py",
                            NAME,
                            "" + ROWS,
                            "" + FEATURES,
                            "" + CLASSES,
                            "" + BATCH)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> lines = process.inputReader().lines().toList();
            process.waitFor();
            lines.forEach(System.out::println);
            if (!lines.isEmpty()) {
                return lines;
            }
        }
        return List.of();
    }

    private static Instance instance(int row) {
        SplittableRandom random = new SplittableRandom(row);
        int label = random.nextInt(CLASSES);
        return new Instance(
                row, label, 1, Vectors.dense(random.doubles(FEATURES).toArray()), 0);
    }

    private static double slowest(List<WorkerTimes> before, List<WorkerTimes> after) {
        return IntStream.range(0, after.size())
                .mapToDouble(w -> after.get(w).computeSeconds()
                        - (w < before.size() ? before.get(w).computeSeconds() : 0))
                .max()
                .orElse(0);
    }

    private static String line(String system, String metric, double[] epochs) {
        double[] warm = Arrays.stream(epochs).skip(1).sorted().toArray();
        System.out.printf(Locale.ROOT, "%-40s %-8s %-14s %8.3f s%n", NAME, system, metric, warm[warm.length / 2]);
        return ExchangeSuite.json(
                NAME, system, metric, "s", warm[warm.length / 2], warm[0], warm[warm.length - 1], warm.length);
    }

    /** The updater, as in the paper (Kingma and Ba 2015). */
    private static final class Adam {
        private double[] at;
        private final double[] mean;
        private final double[] square;
        private int step;

        Adam(int length) {
            at = new double[length];
            mean = new double[length];
            square = new double[length];
        }

        void move(double[] sums) {
            step++;
            double[] next = new double[at.length];
            double rate = RATE * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
            for (int i = 0; i < next.length; i++) {
                double gradient = sums[2 + i] / sums[1];
                mean[i] = 0.9 * mean[i] + 0.1 * gradient;
                square[i] = 0.999 * square[i] + 0.001 * gradient * gradient;
                next[i] = at[i] - rate * mean[i] / (Math.sqrt(square[i]) + 1e-8);
            }
            at = next;
        }
    }
}
