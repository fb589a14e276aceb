package org.sparkgrad.job.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.evaluate.Curves;

/**
 * What {@code curves.json} holds beside the summary, for the report.
 *
 * @param validationHistory the log loss on held-out rows, like {@link TrainingSummary#objectiveHistory}; null where early
 *     stopping did not ask for it
 * @param train the training rows
 * @param validation rows of the training files that were held out; null when there are none
 * @param test the held-out files; null when there are none
 */
public record RunCurves(
        @Nullable List<Double> validationHistory,
        Curves train,
        @Nullable Curves validation,
        @Nullable Curves test) {}
