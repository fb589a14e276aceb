package org.sparkgrad.job.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.report.TrainingSummary.Status;

class SummaryJsonTest {
    static final Metrics METRICS = new Metrics(
            0.75,
            0.5,
            0.875,
            Double.NaN,
            List.of(new Metrics.PerClass("cat", 1, 0.5, 2.0 / 3, 2), new Metrics.PerClass("dog", 0.5, 1, 2.0 / 3, 1.5)),
            List.of(List.of(1.0, 1.0), List.of(0.0, 1.5)));

    static TrainingSummary summary(TrainingSummary.MetricsBySet metrics) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("data", List.of("a.csv"));
        config.put("tol", 1e-6);
        return new TrainingSummary(
                Status.SUCCEEDED,
                "MaxIterations",
                0.0625,
                null,
                0.25,
                0.125,
                List.of(0.5, Double.POSITIVE_INFINITY, 0.25),
                2,
                null,
                3,
                4,
                new TrainingSummary.Method("lbfgs", "asked for"),
                new TrainingSummary.Engine(
                        "cpu",
                        "a processor",
                        "asked for",
                        "float",
                        "Java",
                        List.of(new TrainingSummary.Worker("driver", null, "a processor", 9))),
                new TrainingSummary.Data(
                        3,
                        2,
                        2,
                        List.of("cat", "dog"),
                        5L,
                        1L,
                        0L,
                        new TrainingSummary.Read(1, 4L, 3, Map.of("fur", Map.of("NA", 1L)), null)),
                metrics,
                new TrainingSummary.Seconds(90.5, 1, 2, 3, 4, 5, 6),
                "abc",
                config,
                Map.of("spark", "3.5.7"),
                42,
                16);
    }

    @Test
    void fieldsAreInOrderAndAbsentOnesLeftOut() {
        assertEquals("""
                {
                  "status" : "succeeded",
                  "convergenceReason" : "MaxIterations",
                  "certificate" : 0.0625,
                  "objective" : 0.25,
                  "loss" : 0.125,
                  "objectiveHistory" : [ 0.5, null, 0.25 ],
                  "steps" : 2,
                  "evaluations" : 3,
                  "passes" : 4,
                  "optimizer" : {
                    "name" : "lbfgs",
                    "reason" : "asked for"
                  },
                  "engine" : {
                    "name" : "cpu",
                    "device" : "a processor",
                    "reason" : "asked for",
                    "precision" : "float",
                    "instructionSet" : "Java",
                    "workers" : [ {
                      "executor" : "driver",
                      "device" : "a processor",
                      "launches" : 9
                    } ]
                  },
                  "data" : {
                    "rows" : 3,
                    "features" : 2,
                    "classes" : 2,
                    "labels" : [ "cat", "dog" ],
                    "nonzeros" : 5,
                    "missing" : 1,
                    "dropped" : 0,
                    "read" : {
                      "files" : 1,
                      "lines" : 4,
                      "records" : 3,
                      "missingTexts" : {
                        "fur" : {
                          "NA" : 1
                        }
                      }
                    }
                  },
                  "metrics" : {
                    "test" : {
                      "accuracy" : 0.75,
                      "logLoss" : 0.5,
                      "areaUnderROC" : 0.875,
                      "perClass" : [ {
                        "label" : "cat",
                        "precision" : 1.0,
                        "recall" : 0.5,
                        "f1" : 0.6666666666666666,
                        "support" : 2.0
                      }, {
                        "label" : "dog",
                        "precision" : 0.5,
                        "recall" : 1.0,
                        "f1" : 0.6666666666666666,
                        "support" : 1.5
                      } ],
                      "confusionMatrix" : [ [ 1.0, 1.0 ], [ 0.0, 1.5 ] ]
                    }
                  },
                  "seconds" : {
                    "total" : 90.5,
                    "start" : 1.0,
                    "read" : 2.0,
                    "shard" : 3.0,
                    "train" : 4.0,
                    "evaluate" : 5.0,
                    "save" : 6.0
                  },
                  "coefficientsSha256" : "abc",
                  "config" : {
                    "data" : [ "a.csv" ],
                    "tol" : 1.0E-6
                  },
                  "versions" : {
                    "spark" : "3.5.7"
                  },
                  "seed" : 42,
                  "shards" : 16
                }
                """, SummaryJson.text(summary(new TrainingSummary.MetricsBySet(null, null, METRICS))));
    }

    @Test
    void aFailureTellsStatusAndError() {
        assertEquals(
                """
                {
                  "status" : "diverged",
                  "error" : "the objective is NaN",
                  "config" : { },
                  "versions" : {
                    "spark" : "3.5.7"
                  }
                }
                """,
                SummaryJson.text(new FailureSummary(
                        Status.DIVERGED, "the objective is NaN", Map.of(), Map.of("spark", "3.5.7"))));
    }
}
