package org.sparkgrad.job.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.evaluate.Evaluator;
import org.sparkgrad.job.evaluate.MeasuredModel;
import org.sparkgrad.job.read.RowPlaces;
import org.sparkgrad.job.report.RunCurves;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.train.TrainingResult;

/**
 * The quality of a trained model on each set of rows.
 *
 * @param train the training rows
 * @param validation the held-out rows of the training files; null if there are none
 * @param test the rows of the test files; null if there are none
 */
record MeasuredSets(
        MeasuredModel train,
        @Nullable MeasuredModel validation,
        @Nullable MeasuredModel test) {
    /** Measures the model. */
    static MeasuredSets of(RunData data, TrainingResult trained) {
        Shards test = data.test();
        RowPlaces places = data.testPlaces();
        return new MeasuredSets(
                measure(data.shards(), data, trained),
                data.validation() == null ? null : measure(data.validation(), data, trained),
                test == null || places == null ? null : places.naming(() -> measure(test, data, trained)));
    }

    private static MeasuredModel measure(Shards shards, RunData data, TrainingResult trained) {
        return Evaluator.measure(shards, trained.coefficients(), data.assembly().labels());
    }

    /** Returns the metrics. */
    TrainingSummary.MetricsBySet metrics() {
        return new TrainingSummary.MetricsBySet(
                train.metrics(),
                validation == null ? null : validation.metrics(),
                test == null ? null : test.metrics());
    }

    /** Returns the curves. */
    RunCurves curves(List<Double> validationHistory) {
        return new RunCurves(
                validationHistory.isEmpty() ? null : validationHistory,
                train.curves(),
                validation == null ? null : validation.curves(),
                test == null ? null : test.curves());
    }
}
