package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.LearningProblem.Penalty;
import scala.collection.JavaConverters;

/** A fit's jobs are the caller's: they have what the caller said of them, and end when the caller wants them to. */
class CallersJobsTest {
    private static final Map<String, String> SAID = Map.of(
            "spark.jobGroup.id", "a group",
            "spark.job.description", "a description",
            "spark.scheduler.pool", "a pool",
            "of.the.caller", "a property");

    private static SparkSession session;
    private static Dataset<Row> rows;

    @BeforeAll
    static void start() throws IOException {
        session = TestSpark.cluster("local[2]", Map.of("spark.scheduler.mode", "FAIR"));
        rows = new LearningProblem(2, false, true, true, Penalty.L2, true, false).dataset(session);
        rows.count();
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    @AfterEach
    void leaveNothing() {
        session.sparkContext().cancelAllJobs();
    }

    /** Steps without an end that a test could wait for. */
    private static GpuLogisticRegression endless(String exchange) {
        return new GpuLogisticRegression()
                .setEngine("cpu")
                .setOptimizer("gd")
                .setMaxIter(Integer.MAX_VALUE)
                .setTol(0)
                .setExchange(exchange);
    }

    @ParameterizedTest
    @CsvSource({
        "stage, group", "stage, tag", "stage, interrupt",
        "job, group", "job, tag", "job, interrupt"
    })
    void aFitEndsWhenItsCallerCancelsIt(String exchange, String by) throws InterruptedException {
        SparkContext spark = session.sparkContext();
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread fit = new Thread(() -> {
            spark.setJobGroup("mine", "mine", false);
            spark.addJobTag("mine");
            try {
                endless(exchange).fit(rows);
            } catch (Throwable failure) { // Spark throws what no signature declares
                end.set(failure);
            }
        });
        fit.start();
        awaitSteps(exchange);
        await(() -> {
            switch (by) {
                case "group" -> spark.cancelJobGroup("mine");
                case "tag" -> spark.cancelJobsWithTag("mine");
                default -> fit.interrupt();
            }
            return joined(fit); // again, if no job was running between two steps
        });
        assertNotNull(end.get());
        if (by.equals("interrupt")) {
            assertInstanceOf(CancellationException.class, end.get());
        }
        await(() -> spark.statusTracker().getActiveJobIds().length == 0);
        assertEquals(1, spark.getPersistentRDDs().size(), "the caller's rows");
    }

    @Test
    void aValidatorEndsWhenItsThreadIsInterrupted() throws InterruptedException {
        SparkContext spark = session.sparkContext();
        GpuCrossValidator validator = new GpuCrossValidator();
        GpuLogisticRegression estimator = endless("stage");
        validator
                .setEstimator(estimator)
                .setEstimatorParamMaps(settings(estimator))
                .setEvaluator(new BinaryClassificationEvaluator())
                .setNumFolds(2);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread fit = new Thread(() -> end.set(assertThrows(CancellationException.class, () -> validator.fit(rows))));
        fit.start();
        awaitSteps("stage");
        fit.interrupt();
        await(() -> joined(fit));
        assertNotNull(end.get());
        assertEquals(0, end.get().getSuppressed().length, "closing failed");
        await(() -> spark.statusTracker().getActiveJobIds().length == 0);
        await(() -> spark.getPersistentRDDs().size() == 1); // the caller's rows
    }

    private static ParamMap[] settings(GpuLogisticRegression estimator) {
        return new ParamGridBuilder()
                .addGrid(estimator.regParam(), new double[] {1, 0.01})
                .build();
    }

    /** Waits until the fit steps. */
    private static void awaitSteps(String exchange) throws InterruptedException {
        SparkContext spark = session.sparkContext();
        Queue<Integer> steps = new ConcurrentLinkedQueue<>();
        SparkListener listener = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                String caller = exchange.equals("stage") ? "WorkerStage" : "JobExchange";
                if (JavaConverters.seqAsJavaList(job.stageInfos()).stream()
                        .anyMatch(stage -> stage.name().contains(caller))) {
                    steps.add(job.jobId());
                }
            }
        };
        spark.addSparkListener(listener);
        try {
            await(() -> steps.size() >= (exchange.equals("stage") ? 1 : 10));
        } finally {
            spark.removeSparkListener(listener);
        }
    }

    private static boolean joined(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return !thread.isAlive();
    }

    @Test
    void everyJobOfAFitHasTheCallersProperties() throws TimeoutException {
        GpuLogisticRegression estimator = new GpuLogisticRegression().setEngine("cpu");
        GpuCrossValidator validator = new GpuCrossValidator();
        validator
                .setEstimator(estimator)
                .setEstimatorParamMaps(settings(estimator))
                .setEvaluator(new BinaryClassificationEvaluator())
                .setNumFolds(2)
                .setParallelism(2);
        for (String exchange : List.of("stage", "job")) {
            estimator.setExchange(exchange);
            List<Properties> jobs = jobs(() -> {
                estimator.fit(rows);
                validator.fit(rows);
            });
            assertTrue(jobs.size() > 10, () -> "jobs: " + jobs.size());
            for (Properties job : jobs) {
                SAID.forEach((key, value) -> assertEquals(value, job.getProperty(key)));
                String tags = job.getProperty("spark.job.tags");
                assertTrue(List.of(tags.split(",")).contains("a tag"), tags);
            }
        }
        SparkContext spark = session.sparkContext();
        SAID.forEach((key, value) -> assertEquals(value, spark.getLocalProperty(key)));
        assertEquals("a tag", spark.getLocalProperty("spark.job.tags"));
        SAID.keySet().forEach(key -> spark.setLocalProperty(key, null));
        spark.clearJobTags();
    }

    /** Returns the properties of the jobs that some work has. */
    private static List<Properties> jobs(Runnable work) throws TimeoutException {
        SparkContext spark = session.sparkContext();
        SAID.forEach(spark::setLocalProperty);
        spark.addJobTag("a tag");
        Queue<Properties> jobs = new ConcurrentLinkedQueue<>();
        SparkListener listener = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                jobs.add(job.properties());
            }
        };
        spark.addSparkListener(listener);
        try {
            work.run();
            spark.listenerBus().waitUntilEmpty();
        } finally {
            spark.removeSparkListener(listener);
        }
        return List.copyOf(jobs);
    }

    /** Waits until something is so, at most a minute. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() > deadline, "waited a minute");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
