package org.sparkgrad.job.config;

/**
 * The limits for differences of a night from earlier nights. A difference counts only above sampling noise.
 *
 * @param warnPsi the PSI of a feature or score for a warning
 * @param refusePsi the PSI of a feature for a refusal
 * @param warnKs the KS of a feature or score for a warning
 * @param refuseKs the KS of a feature for a refusal
 * @param refuseScorePsi the PSI of a score for a refusal
 * @param refuseScoreKs the KS of a score for a refusal
 * @param warnFall the fall of the promoted version's accuracy or area under ROC for a warning
 * @param refuseFall the fall of the promoted version's accuracy or area under ROC for a refusal
 */
public record DriftLimits(
        double warnPsi,
        double refusePsi,
        double warnKs,
        double refuseKs,
        double refuseScorePsi,
        double refuseScoreKs,
        double warnFall,
        double refuseFall) {}
