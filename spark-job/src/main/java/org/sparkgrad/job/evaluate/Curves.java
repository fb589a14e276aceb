package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report draws of a model's quality on some rows.
 *
 * @param rank thresholds from the strictest on, for ROC and precision-recall curves; null with more classes than two, or
 *     where one is missing. At most some {@value RankMetrics#STEPS} points an axis, the first and the last among them
 * @param calibration what was foretold and what came, by probability: of class 1, or with more classes of the predicted
 *     one
 */
public record Curves(@Nullable List<Threshold> rank, List<CalibrationSum.Bin> calibration) implements Serializable {
    /**
     * What comes of calling instances of at least a probability positive.
     *
     * @param probability of class 1
     * @param falsePositiveRate share of the negatives called positive
     * @param recall share of the positives called so
     * @param precision share of positives among those called so
     */
    public record Threshold(double probability, double falsePositiveRate, double recall, double precision)
            implements Serializable {}
}
