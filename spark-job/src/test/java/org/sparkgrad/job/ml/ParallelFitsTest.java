package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.LearningProblem.Penalty;

/** Fits of several threads in one session: no stage of workers waits for slots that another one has. */
class ParallelFitsTest {
    private static final int FITS = 4;

    private static GpuLogisticRegression estimator() {
        return new GpuLogisticRegression()
                .setEngine("cpu")
                .setPrecision("double")
                .setShards(4)
                .setExchange("stage");
    }

    private static Dataset<Row> rows(SparkSession session) {
        return new LearningProblem(2, false, true, true, Penalty.L2, true, false).dataset(session);
    }

    /** Counts the launches of stages. */
    private static final class Launches extends SparkListener {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void onJobStart(SparkListenerJobStart job) {
            if (job.stageInfos().head().name().contains("WorkerStage")) {
                count.incrementAndGet();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIFO", "FAIR"})
    void eachLaunchesItsStageOnceAndHasTheBitsOfASingleFit(String mode) throws Exception {
        SparkSession session = TestSpark.cluster("local[2]", Map.of("spark.scheduler.mode", mode));
        ExecutorService threads = Executors.newFixedThreadPool(FITS);
        try {
            SparkContext spark = session.sparkContext();
            Dataset<Row> rows = rows(session);
            double[] expected = estimator().fit(rows).coefficients().toArray();
            Launches launches = new Launches();
            spark.addSparkListener(launches);
            List<Callable<double[]>> fits = new ArrayList<>();
            for (int fit = 0; fit < FITS; fit++) {
                String pool = "pool " + fit;
                fits.add(() -> {
                    spark.setLocalProperty("spark.scheduler.pool", pool);
                    return estimator().fit(rows).coefficients().toArray();
                });
            }
            for (Future<double[]> fit : threads.invokeAll(fits)) {
                assertArrayEquals(expected, fit.get());
            }
            spark.listenerBus().waitUntilEmpty();
            assertEquals(FITS, launches.count.get(), "a stage that lacked workers was launched again");
        } finally {
            threads.shutdownNow();
            session.stop();
        }
    }

    /** A fit that waits for its turn has a job, which its caller can cancel. */
    @Test
    void aFitThatWaitsEndsWhenItIsCancelled()
            throws IOException, InterruptedException, TimeoutException, ExecutionException {
        SparkSession session = TestSpark.cluster("local[2]", Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            SparkContext spark = session.sparkContext();
            Dataset<Row> rows = rows(session);
            Launches launches = new Launches();
            spark.addSparkListener(launches);
            Callable<Object> endless = () -> estimator()
                    .setOptimizer("gd")
                    .setMaxIter(Integer.MAX_VALUE)
                    .setTol(0)
                    .fit(rows);
            Future<Object> first = threads.submit(endless);
            while (launches.count.get() == 0) {
                assertThrows(TimeoutException.class, () -> first.get(20, TimeUnit.MILLISECONDS));
            }
            Future<Object> second = threads.submit(() -> {
                spark.setJobGroup("second", "second", false);
                return endless.call();
            });
            while (spark.statusTracker().getJobIdsForGroup("second").length == 0) {
                assertThrows(TimeoutException.class, () -> second.get(20, TimeUnit.MILLISECONDS));
            }
            spark.cancelJobGroup("second");
            assertThrows(ExecutionException.class, () -> second.get(1, TimeUnit.MINUTES));
            assertThrows(TimeoutException.class, () -> first.get(20, TimeUnit.MILLISECONDS));
            spark.cancelAllJobs();
            assertThrows(ExecutionException.class, () -> first.get(1, TimeUnit.MINUTES));
        } finally {
            threads.shutdownNow();
            session.stop();
        }
    }
}
