package org.sparkgrad.job.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.pass.GradientPass;
import org.sparkgrad.job.exchange.pass.LossPass;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.ShardSums;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/** The stage in local mode: the sums of one job per step, bit for bit, and nothing left behind. */
class StageExchangeTest {
    private static final EngineChoice CPU = new EngineChoice(EngineKind.CPU, Precision.FLOAT, "test", List.of());

    private static void sameSums(String master, EngineChoice choice, boolean sparse, int resident) {
        double[][] expected;
        try (Exchange jobs = new JobExchange(
                TestSpark.context("local[1]"), ExchangeRuns.plan("local[1]", choice, sparse, ExchangeRuns.SHARDS))) {
            expected = ExchangeRuns.sums(jobs);
        }
        try (Exchange stage = new StageExchange(
                TestSpark.context(master), ExchangeRuns.plan(master, choice, sparse, resident), note -> {})) {
            assertArrayEquals(expected, ExchangeRuns.sums(stage));
            assertTrue(stage.workers().get(0).engine().launches() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[1]", "local[2]", "local[3]", "local[8]", "local[16]"})
    void anyNumberOfWorkersGivesTheBitsOfJobsPerStep(String master) {
        sameSums(master, CPU, false, ExchangeRuns.SHARDS);
    }

    @ParameterizedTest
    @CsvSource({"CPU,false,0", "CPU,true,1", "CPU,false,3", "REFERENCE,true,0", "OPENCL,false,0", "OPENCL,true,3"})
    void shardsThatAreStreamedGiveTheSameBits(EngineKind kind, boolean sparse, int resident) {
        RealData.assumeEngine(kind.name().toLowerCase(Locale.ROOT));
        sameSums("local[2]", new EngineChoice(kind, Precision.FLOAT, "test", List.of()), sparse, resident);
    }

    @Test
    void rowsHeldOutAreMeasuredByTheWorkers() {
        double[] expected;
        try (Exchange jobs =
                new JobExchange(TestSpark.context("local[1]"), ExchangeRuns.planWithValidation("local[1]", CPU))) {
            expected = jobs.sum(new LossPass(ExchangeRuns.coefficients()));
        }
        try (Exchange stage = new StageExchange(
                TestSpark.context("local[2]"), ExchangeRuns.planWithValidation("local[2]", CPU), note -> {})) {
            assertArrayEquals(expected, stage.sum(new LossPass(ExchangeRuns.coefficients())));
            ExchangeRuns.sums(stage);
            assertArrayEquals(expected, stage.sum(new LossPass(ExchangeRuns.coefficients())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1 << 15, 300_001})
    void messagesOfAnySizeArriveWhole(int features) {
        echo(TestSpark.context("local[2]"), features);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void messagesArriveWholeWhereSparkAuthenticates(boolean encrypted) throws IOException {
        SparkSession session = TestSpark.cluster(
                "local[2]",
                Map.of(
                        "spark.authenticate", "true",
                        "spark.authenticate.secret", "of the cluster",
                        "spark.network.crypto.enabled", "" + encrypted));
        try {
            echo(JavaSparkContext.fromSparkContext(session.sparkContext()), 300_001);
        } finally {
            session.stop();
        }
    }

    private static void echo(JavaSparkContext spark, int features) {
        ShardSums.Factory echo = (worker, workers) -> new Echo(worker);
        WorkerPlan plan = ExchangeRuns.plan(spark, CPU, false, 8);
        try (Exchange stage = new StageExchange(spark, plan, echo, note -> {})) {
            for (int step = 1; step <= 20; step++) {
                double[] values = new SplittableRandom(step)
                        .doubles(features + 1L, -1, 1)
                        .map(v -> (float) v)
                        .toArray();
                double[] expected = Arrays.stream(values).map(v -> v + 2 * v).toArray();
                double[] sums = stage.sum(new GradientPass(new Coefficients(1, features, values), BatchSlot.ALL));
                assertArrayEquals(expected, Arrays.copyOfRange(sums, 2, sums.length));
            }
        }
    }

    /** Worker w of two answers with the coefficients, times w + 1. */
    private record Echo(int worker) implements ShardSums {
        @Override
        public List<Subtree<double[]>> sums(Pass pass) {
            double[] values = ((GradientPass) pass).coefficients().values();
            double[] sums = new double[pass.length()];
            Arrays.setAll(sums, i -> i < 2 ? 0 : values[i - 2] * (worker + 1));
            return List.of(new Subtree<>(Integer.numberOfTrailingZeros(ExchangeRuns.SHARDS / 2), worker, sums));
        }

        @Override
        public Optional<WorkerReport> report() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    @Test
    void anAnswerThatIsNotTheWorkersEndsTheRun() throws InterruptedException {
        WorkerPlan plan = ExchangeRuns.plan("local[2]", CPU, false, 8);
        ShardSums.Factory othersShards = (worker, workers) -> plan.open(0, workers);
        try (Exchange stage = new StageExchange(TestSpark.context("local[2]"), plan, othersShards, note -> {})) {
            JobException refused = assertThrows(JobException.class, () -> ExchangeRuns.sums(stage));
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("not the sums of the worker's shards"), message);
        }
        assertNothingIsLeft();
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws InterruptedException {
        Exchange stage = new StageExchange(
                TestSpark.context("local[2]"), ExchangeRuns.plan("local[2]", CPU, false, 8), note -> {});
        ExchangeRuns.sums(stage);
        assertFalse(ExchangeRuns.threads().isEmpty());
        stage.close();
        assertNothingIsLeft();
    }

    @Test
    void nothingIsLeftWhenItIsInterrupted() throws InterruptedException {
        try (Exchange stage = new StageExchange(
                TestSpark.context("local[2]"), ExchangeRuns.plan("local[2]", CPU, false, 8), note -> {})) {
            assertThrows(
                    CancellationException.class,
                    () -> ExchangeRuns.sums(stage, step -> {
                        if (step == ExchangeRuns.STEPS / 2) {
                            Thread.currentThread().interrupt();
                        }
                    }));
        }
        assertTrue(Thread.interrupted());
        assertNothingIsLeft();
    }

    private static void assertNothingIsLeft() throws InterruptedException {
        ExchangeRuns.await(() -> ExchangeRuns.threads().isEmpty(), () -> "threads " + ExchangeRuns.threads());
        assertEquals(0, TestSpark.context("local[2]").statusTracker().getActiveStageIds().length);
    }
}
