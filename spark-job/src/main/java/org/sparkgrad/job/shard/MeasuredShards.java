package org.sparkgrad.job.shard;

import java.util.Arrays;

/**
 * Shards and their statistics, with weights near 1: those of 1e-300 or 1e300 are multiplied by a power of two, which
 * changes no average, since sums of squared weights and blocks in single precision have no room for them.
 *
 * @param shards the rows
 * @param statistics of all, and of all but those of each fold
 */
public record MeasuredShards(Shards shards, FoldStatistics statistics) {
    /** Weights whose average is between 2^-30 and 2^30 stay as they are. */
    private static final int LARGEST_EXPONENT = 30;

    /** Measures shards whose labels are 0..classes-1. */
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

    /** Returns the power of two of the average weight; 0 where all are 0. */
    private static int exponent(Statistics all) {
        return all.weightSum() > 0 ? Math.getExponent(all.weightSum() / all.rows()) : 0;
    }
}
