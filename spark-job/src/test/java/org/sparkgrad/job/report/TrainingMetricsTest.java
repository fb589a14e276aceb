package org.sparkgrad.job.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestSpark;

/** What Prometheus scrapes, with Spark set up as conf/metrics.properties says. */
class TrainingMetricsTest {
    @Test
    void prometheusSeesTheLatestStepOfTheLatestTraining() throws Exception {
        TestSpark.session("local[1]").stop(); // its pages are off, and there is one at a time
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.ui.port", "0")
                .config("spark.ui.prometheus.enabled", "true")
                .config(
                        "spark.metrics.conf",
                        Path.of("../conf/metrics.properties").toAbsolutePath().toString())
                .getOrCreate()) {
            new TrainingMetrics(Progress.SILENT).step(new ProgressStep(1, 9, 0, 0, 0.75, 10, 1));
            TrainingMetrics second = new TrainingMetrics(Progress.SILENT);
            second.step(new ProgressStep(1, 9, 0, 0, 0.5, 10, 1));
            second.step(new ProgressStep(2, 9, 0, 0, 0.25, 10, 1));
            String page = spark.sparkContext().uiWebUrl().get() + "/metrics/prometheus/";
            var answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(page)).build(), BodyHandlers.ofString());
            assertEquals(200, answer.statusCode());
            String[] lines = answer.body()
                    .lines()
                    .filter(line -> line.contains("driver_sparkgrad_objective_Value"))
                    .toArray(String[]::new);
            assertEquals(1, lines.length, answer.body());
            assertTrue(lines[0].endsWith(" 0.25"), lines[0]);
        }
    }
}
