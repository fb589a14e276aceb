package org.sparkgrad.job.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.exchange.worker.ShardSums;
import org.sparkgrad.job.exchange.worker.WorkerCache;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.placement.TaskSlots;
import org.sparkgrad.job.placement.WorkerPartitions;

/** Between stages the slots are free and the engines stay; the sums are those of one Spark job a step. */
class StageSequenceTest {
    private static final AtomicInteger OPENED = new AtomicInteger();

    private static double[][] expected;

    @TempDir
    Path marks;

    @BeforeAll
    static void sumByJobs() {
        try (Exchange jobs = new JobExchange(TestSpark.context("local[1]"), plan(TestSpark.context("local[1]")))) {
            expected = ExchangeRuns.sums(jobs);
        }
    }

    private static WorkerPlan plan(JavaSparkContext spark) {
        return ExchangeRuns.plan(spark, ExchangeRuns.cpu(), false, ExchangeRuns.SHARDS);
    }

    @Test
    void otherJobsHaveTheSlotsBetweenStagesAndEnginesStay() throws InterruptedException {
        JavaSparkContext spark = TestSpark.context("local[2]");
        WorkerPlan plan = plan(spark);
        ShardSums.Factory counting = (worker, workers) -> {
            OPENED.incrementAndGet();
            return plan.open(worker, workers);
        };
        try (Exchange stages = new StageSequence(spark, plan, counting, note -> {})) {
            for (int training = 1; training <= 3; training++) {
                assertArrayEquals(expected, ExchangeRuns.sums(stages));
                stages.releaseSlots();
                assertEquals(2, WorkerCache.size());
                assertEquals(4, spark.parallelize(List.of(1, 2, 3, 4), 4).count());
                long launches = stages.workers().stream()
                        .mapToLong(worker -> worker.engine().launches())
                        .sum();
                assertEquals(2L * training * ExchangeRuns.STEPS, launches);
            }
            assertEquals(2, OPENED.get());
        }
        assertEquals(0, WorkerCache.size());
        ExchangeRuns.await(() -> ExchangeRuns.threads().isEmpty(), () -> "threads " + ExchangeRuns.threads());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12 BEFORE KILL 0; 20 AFTER THROW 1", "29 AFTER KILL all"})
    void faultsChangeNoSum(String schedule) throws IOException {
        SparkSession session =
                TestSpark.cluster("local-cluster[2,1,1024]", Map.of("spark.sparkgrad.silenceTimeout", "4s"));
        try {
            JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
            WorkerPlan plan = plan(spark);
            ShardSums.Factory faulty = FaultySums.factory(plan, Fault.schedule(schedule), marks);
            try (Exchange stages = new StageSequence(spark, plan, faulty, note -> {})) {
                for (int training = 1; training <= 2; training++) {
                    assertArrayEquals(expected, ExchangeRuns.sums(stages));
                    stages.releaseSlots();
                    assertTrue(resident(spark) > 0);
                }
            }
            assertEquals(0, resident(spark));
        } finally {
            session.stop();
        }
    }

    /** Returns how many engines all executors hold. */
    private static int resident(JavaSparkContext spark) {
        List<String> executors = TaskSlots.locations();
        List<Integer> all = IntStream.range(0, executors.size()).boxed().toList();
        return WorkerPartitions.pin(spark.parallelize(new ArrayList<>(all), all.size()), executors)
                .map(executor -> WorkerCache.size())
                .reduce(Integer::sum);
    }
}
