package org.sparkgrad.job.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.Gauge;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.exchange.ExchangeStatistics;
import org.sparkgrad.job.exchange.WorkerTimes;

class SparkProgressTest {
    private static final ExchangeStatistics TRAFFIC =
            new ExchangeStatistics(3, 100, 200, List.of(new WorkerTimes(0.5, 0.25)));

    @Test
    void listenersAndSinksHearOfSteps() throws InterruptedException {
        SparkContext spark = TestSpark.session("local[2]").sparkContext();
        LinkedBlockingQueue<SparkListenerEvent> events = new LinkedBlockingQueue<>();
        spark.addSparkListener(new SparkListener() {
            @Override
            public void onOtherEvent(SparkListenerEvent event) {
                if (event instanceof TrainingEvent) {
                    events.add(event);
                }
            }
        });
        try (SparkProgress progress = new SparkProgress(spark, Progress.SILENT, () -> TRAFFIC)) {
            progress.step(new ProgressStep(7, 10, 1, 2, 0.5, 1000, 1));
            progress.done();
            assertEquals(new TrainingEvent(7, 0.5, 1000, TRAFFIC), events.poll(1, TimeUnit.MINUTES));
            var gauges = progress.metricRegistry().getGauges();
            assertEquals(7.0, value(gauges, "step"));
            assertEquals(200.0, value(gauges, "bytesFromWorkers"));
            assertEquals(0.25, value(gauges, "worker.0.waitSeconds"));
        }
        assertTrue(registered(spark), "sinks report the last values when Spark stops");
    }

    @SuppressWarnings("rawtypes") // as Dropwizard has them
    private static Object value(Map<String, Gauge> gauges, String name) {
        return Objects.requireNonNull(gauges.get(name)).getValue();
    }

    private static boolean registered(SparkContext spark) {
        return !spark.env().metricsSystem().getSourcesByName("sparkgrad").isEmpty();
    }
}
