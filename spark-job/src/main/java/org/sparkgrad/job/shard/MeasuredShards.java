package org.sparkgrad.job.shard;

import java.util.Arrays;

/**
 * Shards and their statistics, with weights near 1. Weights such as 1e-300 or 1e300 are multiplied by a power of two,
 * because sums of squared weights and blocks in single precision would overflow or underflow. The factor changes no
 * average.
 *
 * @param shards the rows
 * @param statistics the statistics of all rows, and of all rows except each fold
 */
public record MeasuredShards(Shards shards, FoldStatistics statistics) {
    /** Weights whose average is between 2^-30 and 2^30 are not changed. */
    private static final int LARGEST_EXPONENT = 30;

    /** Computes the statistics of shards whose labels are 0..classes-1. */
    public static MeasuredShards of(Shards shards, int classes, int folds) {
        Shards scaled = shards;
        FoldStatistics statistics = scaled.statistics(classes, folds);
        int exponent = exponent(statistics.all());
        while (Math.abs(exponent) > LARGEST_EXPONENT) {
            double[] factors = new double[classes];
            Arrays.fill(factors, Math.scalb(1.0, -exponent));
            scaled = scaled.weighted(factors);
            statistics = scaled.statistics(classes, folds);
            exponent = exponent(statistics.all());
        }
        return new MeasuredShards(scaled, statistics);
    }

    /** Returns the power of two of the average weight; 0 if all weights are 0. */
    private static int exponent(Statistics all) {
        return all.weightSum() > 0 ? Math.getExponent(all.weightSum() / all.rows()) : 0;
    }
}
