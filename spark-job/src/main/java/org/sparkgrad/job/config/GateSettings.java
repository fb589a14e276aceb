package org.sparkgrad.job.config;

/**
 * What a new model has to be like beside the promoted one.
 *
 * @param minimumRows the fewest training rows
 * @param logLossMargin how much higher its log loss may be
 * @param aucMargin how much lower its area under ROC may be
 * @param labelShareDrift how much the share of a label may differ
 * @param featureMeanDrift how many deviations the mean of a feature may move
 * @param featureDeviationRatio by what factor the deviation of a feature may change, 1 or more
 * @param shift how far distributions and the promoted model itself may move
 */
public record GateSettings(
        int minimumRows,
        double logLossMargin,
        double aucMargin,
        double labelShareDrift,
        double featureMeanDrift,
        double featureDeviationRatio,
        DriftLimits shift) {}
