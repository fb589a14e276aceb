package org.sparkgrad.job.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.JobException;

/** However a stage ends, no task, and no thread of it with its connection, is left on the driver or on an executor. */
class StageLeftoversTest {
    private static SparkSession session;

    @TempDir
    Path marks;

    @BeforeAll
    static void start() throws IOException {
        session = TestSpark.cluster("local-cluster[2,1,1024]", Map.of());
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    private static JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    private StageExchange open(String schedule) {
        WorkerPlan plan = ExchangeRuns.plan(spark(), ExchangeRuns.cpu(), false, ExchangeRuns.SHARDS);
        return new StageExchange(spark(), plan, FaultySums.factory(plan, Fault.schedule(schedule), marks), note -> {});
    }

    @Test
    void afterSuccess() throws InterruptedException {
        try (Exchange stage = open("")) {
            assertArrayEquals(ExchangeRuns.sums(stage), ExchangeRuns.sums(stage));
        }
        assertNothingIsLeft();
    }

    @Test
    void afterFailure() throws InterruptedException {
        try (Exchange stage = open("4 BEFORE THROW 1 x100")) {
            assertThrows(JobException.class, () -> ExchangeRuns.sums(stage));
        }
        assertNothingIsLeft();
    }

    @Test
    void afterCancellation() throws InterruptedException {
        try (Exchange stage = open("")) {
            assertThrows(
                    CancellationException.class,
                    () -> ExchangeRuns.sums(stage, step -> {
                        if (step == ExchangeRuns.STEPS / 2) {
                            spark().sc().cancelAllJobs();
                            awaitNoStage();
                        }
                    }));
        }
        assertNothingIsLeft();
    }

    private static void awaitNoStage() {
        try {
            ExchangeRuns.await(() -> spark().statusTracker().getActiveStageIds().length == 0, () -> "a stage runs");
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void assertNothingIsLeft() throws InterruptedException {
        awaitNoStage();
        ExchangeRuns.await(() -> ExchangeRuns.threads().isEmpty(), () -> "threads " + ExchangeRuns.threads());
        ExchangeRuns.await(() -> executorsThreads().isEmpty(), () -> "threads " + executorsThreads());
    }

    private static List<String> executorsThreads() {
        List<String> executors = Workers.locations();
        return ShardRuns.pin(spark().parallelize(new ArrayList<>(executors), executors.size()), executors)
                .flatMap(executor -> ExchangeRuns.threads().iterator())
                .collect();
    }
}
