package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The curves of a model's quality on some rows, for the report.
 *
 * @param rank the thresholds in descending order, for ROC and precision-recall curves, with about
 *     {@value RankMetrics#STEPS} points per axis including the first and the last; null if there are more than two
 *     classes or if one class is missing
 * @param calibration the predicted and the observed frequency, by probability: of class 1, or, for more classes, of the
 *     predicted class
 */
public record Curves(@Nullable List<Threshold> rank, List<CalibrationSum.Bin> calibration) implements Serializable {
    /**
     * The result of predicting class 1 from a probability on.
     *
     * @param probability the probability of class 1
     * @param falsePositiveRate the share of the negatives that are predicted positive
     * @param recall the share of the positives that are predicted positive
     * @param precision the share of positives among those that are predicted positive
     */
    public record Threshold(double probability, double falsePositiveRate, double recall, double precision)
            implements Serializable {}
}
