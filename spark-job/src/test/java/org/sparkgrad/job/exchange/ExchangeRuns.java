package org.sparkgrad.job.exchange;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.pass.GradientPass;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.Shards;

/** Small data that every exchange sums over in its tests. */
final class ExchangeRuns {
    static final int SHARDS = 8;
    static final int FEATURES = 9;
    static final int CLASSES = 3;

    static final int STEPS = 30;

    private ExchangeRuns() {}

    static Coefficients coefficients() {
        SplittableRandom random = new SplittableRandom(3);
        return new Coefficients(
                CLASSES,
                FEATURES,
                random.doubles((long) CLASSES * (FEATURES + 1), -1, 1).toArray());
    }

    private static Shards shards(JavaSparkContext spark, long seed) {
        return TestData.shards(
                spark.parallelize(TestData.instances(3000, FEATURES, CLASSES, seed), 3), FEATURES, SHARDS, 1);
    }

    static WorkerPlan plan(String master, EngineChoice choice, boolean sparse, int resident) {
        return plan(TestSpark.context(master), choice, sparse, resident);
    }

    static WorkerPlan plan(JavaSparkContext spark, EngineChoice choice, boolean sparse, int resident) {
        Shards shards = shards(spark, 4);
        FeatureScale scale = FeatureScale.of(shards.statistics(CLASSES), FEATURES, true, true, sparse);
        var blocks = shards.blocks(scale, Precision.FLOAT, resident >= SHARDS);
        return WorkerPlan.of(blocks, choice, new SoftmaxLoss(CLASSES), resident);
    }

    static WorkerPlan planWithValidation(String master, EngineChoice choice) {
        JavaSparkContext spark = TestSpark.context(master);
        Shards held = shards(spark, 5);
        FeatureScale scale = FeatureScale.of(held.statistics(CLASSES), FEATURES, true, true, false);
        return plan(master, choice, false, SHARDS).withValidation(held.blocks(scale, Precision.DOUBLE));
    }

    static EngineChoice cpu() {
        return new EngineChoice(EngineKind.CPU, Precision.FLOAT, "test", List.of());
    }

    /** Descends for some steps, step t over slot t; returns the sums of each. */
    static double[][] sums(Exchange exchange) {
        return sums(exchange, step -> {});
    }

    /** The same, and calls before each step. */
    static double[][] sums(Exchange exchange, java.util.function.IntConsumer before) {
        Coefficients coefficients = coefficients();
        double[][] sums = new double[STEPS][];
        for (int step = 0; step < STEPS; step++) {
            before.accept(step);
            BatchSlot slot = new BatchSlot(step, STEPS);
            sums[step] = exchange.sum(new GradientPass(coefficients, slot)).clone();
            double[] next = coefficients.values().clone();
            for (int i = 0; i < next.length; i++) {
                next[i] -= 0.1 * sums[step][2 + i] / sums[step][1];
            }
            coefficients = new Coefficients(CLASSES, FEATURES, next);
        }
        return sums;
    }

    /** Returns the names of threads of exchanges in this JVM. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("sparkgrad"))
                .sorted()
                .toList();
    }

    /** Waits until something is so, at most a minute. */
    static void await(BooleanSupplier condition, Supplier<String> what) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "waited a minute: " + what.get());
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
