package org.sparkgrad.job.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.report.TrainingSummary.MetricsBySet;

class MetricsTableTest {
    @Test
    void twoClasses() {
        MetricsBySet metrics = new MetricsBySet(SummaryJsonTest.METRICS, null, SummaryJsonTest.METRICS);

        assertEquals("""
                MaxIterations after 2 steps: objective 0.250000, training 4.0 s of 1 min 31 s in all, on a processor

                       accuracy  log loss  area under ROC
                train    0.7500    0.5000          0.8750
                test     0.7500    0.5000          0.8750

                confusion matrix of the test data (rows: actual, columns: predicted)
                     cat   dog
                cat    1     1
                dog    0  1.50

                model: out/demo/model
                """, MetricsTable.text(SummaryJsonTest.summary(metrics), "out/demo"));
    }

    @Test
    void theMatrixIsOfRowsNotTrainedOnWhereThereAreSome() {
        Metrics perfect = new Metrics(
                1, 0, 1.0, 1.0, SummaryJsonTest.METRICS.perClass(), List.of(List.of(2.0, 0.0), List.of(0.0, 1.5)));
        Metrics heldOut = SummaryJsonTest.METRICS;
        for (MetricsBySet metrics : List.of(
                new MetricsBySet(perfect, heldOut, null),
                new MetricsBySet(perfect, perfect, heldOut),
                new MetricsBySet(heldOut, null, null))) {
            String text = MetricsTable.text(SummaryJsonTest.summary(metrics), "out");
            String set = metrics.test() != null ? "test" : metrics.validation() != null ? "validation" : "training";
            assertTrue(text.contains("confusion matrix of the %s data".formatted(set)), text);
            assertTrue(text.lines().anyMatch("cat    1     1"::equals), text);
            assertTrue(text.contains("train ") && (metrics.validation() == null || text.contains("validation ")), text);
        }
    }

    @Test
    void manyClassesHaveNoMatrix() {
        int classes = 21;
        Metrics many = new Metrics(
                0.5,
                1,
                null,
                null,
                IntStream.range(0, classes)
                        .mapToObj(k -> new Metrics.PerClass("class " + k, 0, 0, 0, 1))
                        .toList(),
                Collections.nCopies(classes, Collections.nCopies(classes, 0.0)));

        String text = MetricsTable.text(SummaryJsonTest.summary(new MetricsBySet(many, null, null)), "out");

        assertFalse(text.contains("confusion"), text);
        assertEquals(
                List.of("       accuracy  log loss", "train    0.5000    1.0000"),
                text.lines().skip(2).limit(2).toList());
    }
}
