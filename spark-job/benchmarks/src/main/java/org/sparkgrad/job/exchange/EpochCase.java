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
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.optimize.Updater;
import org.sparkgrad.job.optimize.Updaters;
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
    private static final int EPOCHS = 16;

    /** Some 10,000 steps, as go before the other short steps. */
    private static final int WARMING_EPOCHS = 43;

    private static final int JOB_EPOCHS = 2;
    private static final double RATE = 0.001;

    private EpochCase() {}

    /** Returns lines of JSON: of epochs of compiled code, and of the first ones, in which the compilers take processors. */
    static List<String> measure(JavaSparkContext spark, String system) {
        JavaRDD<Instance> rows =
                spark.parallelize(IntStream.range(0, ROWS).boxed().toList(), 4).map(EpochCase::instance);
        Shards shards = TestData.shards(rows, FEATURES, SHARDS, 1);
        FeatureScale scale = FeatureScale.of(shards.statistics(CLASSES), FEATURES, true, true, false);
        WorkerPlan plan = WorkerPlan.of(
                shards.blocks(scale, Precision.FLOAT, true), ExchangeRuns.cpu(), new SoftmaxLoss(CLASSES), SHARDS);
        boolean jobs = system.equals("job");
        try (Exchange exchange =
                jobs ? new JobExchange(spark, plan, plan) : new StageExchange(spark, plan, note -> {})) {
            int warming = jobs ? JOB_EPOCHS : WARMING_EPOCHS;
            int all = warming + (jobs ? JOB_EPOCHS : EPOCHS);
            double[] epochs = new double[all];
            double[] engines = new double[all];
            Updater adam = Updaters.of(Method.ADAM, CLASSES * (FEATURES + 1));
            double[] at = new double[CLASSES * (FEATURES + 1)];
            for (int epoch = 0; epoch < all; epoch++) {
                long start = System.nanoTime();
                double computing = 0;
                for (int step = 0; step < STEPS; step++) {
                    List<WorkerTimes> before = exchange.traffic().workers();
                    GradientSum sum = exchange.sum(new Coefficients(CLASSES, FEATURES, at), new BatchSlot(step, STEPS));
                    computing += slowest(before, exchange.traffic().workers());
                    double[] gradient = sum.gradientSum();
                    for (int i = 0; i < gradient.length; i++) {
                        gradient[i] /= sum.weightSum();
                    }
                    adam.update(at, gradient, RATE, epoch * STEPS + step);
                }
                epochs[epoch] = (System.nanoTime() - start) / 1e9;
                engines[epoch] = computing;
            }
            int first = Math.min(warming, EPOCHS);
            return List.of(
                    line(system, "epochSeconds", Arrays.copyOfRange(epochs, warming, all)),
                    line(system, "engineSeconds", Arrays.copyOfRange(engines, warming, all)),
                    line(system, "firstEpochsSeconds", Arrays.copyOf(epochs, first)),
                    line(system, "firstEnginesSeconds", Arrays.copyOf(engines, first)));
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
        double[] sorted = Arrays.stream(epochs).sorted().toArray();
        System.out.printf(Locale.ROOT, "%-40s %-8s %-20s %8.3f s%n", NAME, system, metric, sorted[sorted.length / 2]);
        return ExchangeSuite.json(
                NAME,
                system,
                metric,
                "s",
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1],
                sorted.length);
    }
}
