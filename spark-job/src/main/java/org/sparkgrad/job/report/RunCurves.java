package org.sparkgrad.job.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.evaluate.Curves;

/**
 * The content of {@code curves.json}, which the report shows together with the summary.
 *
 * @param validationHistory the log loss on held-out rows, for each state of {@link TrainingSummary#objectiveHistory};
 *     null without early stopping
 * @param train the training rows
 * @param validation the held-out rows of the training files; null if there are none
 * @param test the rows of the test files; null if there are none
 */
public record RunCurves(
        @Nullable List<Double> validationHistory,
        Curves train,
        @Nullable Curves validation,
        @Nullable Curves test) {}
