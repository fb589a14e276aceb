package org.sparkgrad.job.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.report.TrainingSummary.Status;

class SummaryJsonTest {
    private static TrainingSummary summary() {
        Metrics metrics = new Metrics(0.9, Double.POSITIVE_INFINITY, null, null, List.of(), List.of(List.of(1.0)));
        return new TrainingSummary(
                Status.SUCCEEDED,
                "MaxIterations",
                0.25,
                0.2,
                List.of(0.7, 0.25),
                1,
                null,
                2,
                4,
                new TrainingSummary.Engine(
                        "opencl",
                        "a card",
                        "asked for",
                        "float",
                        "OpenCL C",
                        List.of(new TrainingSummary.Worker("1", 0, "a card", 3))),
                new TrainingSummary.Data(10, 2, 2, List.of("cat", "dog"), 17),
                new TrainingSummary.MetricsBySet(metrics, null, null),
                new TrainingSummary.Seconds(1, 2, 3, 4, 5, 6, 7),
                "ab",
                Map.of("regParam", 0.1),
                Map.of("spark", "3.5"),
                7,
                16);
    }

    @Test
    void theNamesAreTheContractsAndAbsentValuesAreLeftOut() throws IOException {
        JsonNode json = new ObjectMapper().readTree(SummaryJson.text(summary()));
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertEquals(
                List.of(
                        "status",
                        "convergenceReason",
                        "objective",
                        "loss",
                        "objectiveHistory",
                        "steps",
                        "evaluations",
                        "passes",
                        "engine",
                        "data",
                        "metrics",
                        "seconds",
                        "coefficientsSha256",
                        "config",
                        "versions",
                        "seed",
                        "shards"),
                names);
        assertEquals("succeeded", json.path("status").asText());
        assertEquals(
                3, json.path("engine").path("workers").get(0).path("launches").asInt());
        assertFalse(json.path("metrics").has("test"));
        assertFalse(json.path("metrics").path("train").has("logLoss"), "an infinite number is no JSON");
        assertFalse(json.path("metrics").path("train").has("areaUnderROC"));
    }

    @Test
    void theTableShowsMetricsMatrixAndModel() {
        String text = MetricsTable.text(summary(), "out/x");
        for (String word : List.of("accuracy", "0.9", "out/x/model", "MaxIterations", "a card")) {
            assertTrue(text.contains(word), word + " in " + text);
        }
    }
}
