package org.sparkgrad.job.config;

/**
 * The limits for a new model in comparison with the promoted model.
 *
 * @param minimumRows the smallest number of training rows
 * @param logLossMargin the largest increase of the log loss
 * @param aucMargin the largest decrease of the area under ROC
 * @param labelShareDrift the largest difference of a label's share
 * @param featureMeanDrift the largest difference of a feature's mean, in deviations
 * @param featureDeviationRatio the largest ratio of a feature's deviations, 1 or more
 * @param shift the limits for distributions and for the promoted model itself
 */
public record GateSettings(
        int minimumRows,
        double logLossMargin,
        double aucMargin,
        double labelShareDrift,
        double featureMeanDrift,
        double featureDeviationRatio,
        DriftLimits shift) {}
