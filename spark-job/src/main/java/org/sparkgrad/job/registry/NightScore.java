package org.sparkgrad.job.registry;

import org.jspecify.annotations.Nullable;

/**
 * What a version did on the held-out rows of one night.
 *
 * @param runId the night's run
 * @param version which one; 0 for a candidate, which has no number yet
 * @param rows how many; of weighted ones the number of equal ones that say as much, (sum w)^2 / sum w^2
 * @param rarest how many of them have the rarest label
 * @param accuracy of the version
 * @param logLoss of the version
 * @param areaUnderROC of the version; null with more than two classes or where one is missing
 * @param fell whether it was found worse than on its earlier nights
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
