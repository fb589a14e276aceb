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
 * A trained model measured on each set of rows.
 *
 * @param train the training rows
 * @param validation rows of the training files that were held out; null when there are none
 * @param test the held-out files; null when there are none
 */
record MeasuredSets(
        MeasuredModel train,
        @Nullable MeasuredModel validation,
        @Nullable MeasuredModel test) {
    /** Measures it. */
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

    /** Returns the numbers. */
    TrainingSummary.MetricsBySet metrics() {
        return new TrainingSummary.MetricsBySet(
                train.metrics(),
                validation == null ? null : validation.metrics(),
                test == null ? null : test.metrics());
    }

    /** Returns what is drawn. */
    RunCurves curves(List<Double> validationHistory) {
        return new RunCurves(
                validationHistory.isEmpty() ? null : validationHistory,
                train.curves(),
                validation == null ? null : validation.curves(),
                test == null ? null : test.curves());
    }
}
