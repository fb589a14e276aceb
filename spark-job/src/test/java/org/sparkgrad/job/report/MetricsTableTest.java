package org.sparkgrad.job.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
