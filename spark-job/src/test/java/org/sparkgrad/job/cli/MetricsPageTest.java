package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** What Prometheus scrapes of two train commands, with Spark set up as conf/metrics.properties says. */
class MetricsPageTest {
    private static final String GAUGE = "_driver_sparkgrad_";

    @TempDir
    private Path folder;

    @Test
    void prometheusSeesEveryGaugeOfTheLatestTraining() throws Exception {
        new CommandRuns(folder).ok("generate --kind pets --rows 400 --output @pets");
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
            for (int steps = 3; steps <= 4; steps++) {
                train(steps);
                Map<String, String> gauges = gauges(spark);
                assertEquals(
                        Integer.toString(steps), gauges.getOrDefault("step", "").replace(".0", ""), gauges::toString);
                for (String name : List.of(
                        "epoch",
                        "objective",
                        "rowsPerSecond",
                        "bytesToWorkers",
                        "bytesFromWorkers",
                        "worker_0_computeSeconds",
                        "worker_0_waitSeconds")) {
                    assertEquals(
                            1, gauges.keySet().stream().filter(name::equals).count(), name + " of " + gauges);
                }
            }
        }
    }

    private void train(int steps) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> words =
                List.of(("train --header --engine cpu --optimizer lbfgs --tol 0 --data %s/pets --max-iter %d --output"
                                + " %s/out%d")
                        .formatted(folder, steps, folder, steps)
                        .split(" "));
        ExitCode code = Main.run(words, MainTest.printTo(new ByteArrayOutputStream()), MainTest.printTo(err));
        assertEquals(ExitCode.OK, code, err.toString(StandardCharsets.UTF_8));
    }

    /** Returns the gauges' values by name. */
    private static Map<String, String> gauges(SparkSession spark) throws IOException, InterruptedException {
        String page = spark.sparkContext().uiWebUrl().get() + "/metrics/prometheus/";
        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(page)).build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        return answer.body()
                .lines()
                .filter(line -> line.contains(GAUGE) && line.contains("_Value"))
                .collect(Collectors.toMap(
                        line -> line.substring(line.indexOf(GAUGE) + GAUGE.length(), line.indexOf("_Value")),
                        line -> line.substring(line.lastIndexOf(' ') + 1)));
    }
}
