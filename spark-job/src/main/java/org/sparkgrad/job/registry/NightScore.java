package org.sparkgrad.job.registry;

import org.jspecify.annotations.Nullable;

/**
 * The metrics of a version on the held-out rows of one night.
 *
 * @param runId the run of the night
 * @param version the number of the version; 0 for a candidate, which has no number yet
 * @param rows the number of rows; for weighted rows the effective number (sum w)^2 / sum w^2
 * @param rarest the number of these rows with the rarest label
 * @param accuracy the accuracy of the version
 * @param logLoss the log loss of the version
 * @param areaUnderROC the area under ROC of the version; null if there are more than two classes or if one is missing
 * @param fell whether the version was found worse than on its earlier nights
 */
public record NightScore(
        String runId,
        int version,
        double rows,
        double rarest,
        double accuracy,
        double logLoss,
        @Nullable Double areaUnderROC,
        boolean fell) {}
