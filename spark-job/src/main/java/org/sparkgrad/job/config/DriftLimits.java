package org.sparkgrad.job.config;

/**
 * How far a night may be from earlier ones; all of it counts only above sampling noise.
 *
 * @param warnPsi of a feature or score
 * @param refusePsi of a feature
 * @param warnKs of a feature or score
 * @param refuseKs of a feature
 * @param refuseScorePsi of a score
 * @param refuseScoreKs of a score
 * @param warnFall of the promoted version's accuracy or area under ROC
 * @param refuseFall of the same
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
