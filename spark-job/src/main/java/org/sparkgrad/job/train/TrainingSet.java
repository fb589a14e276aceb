package org.sparkgrad.job.train;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.shard.DataSize;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.shard.Statistics;

/**
 * The training rows and their statistics.
 *
 * @param features F
 * @param classes the number of labels
 * @param rows the rows, with the weights used in training
 * @param statistics the statistics of these rows
 * @param scale the scale from original to trained features
 * @param validation the rows for early stopping, or null
 */
public record TrainingSet(
        int features,
        int classes,
        Shards rows,
        Statistics statistics,
        FeatureScale scale,
        @Nullable Shards validation) {
    /** Returns the same set with other rows for early stopping, or with none. */
    public TrainingSet withValidation(@Nullable Shards others) {
        return new TrainingSet(features, classes, rows, statistics, scale, others);
    }

    /** Returns the size of the rows, or an upper limit. */
    public DataSize size() {
        return new DataSize(
                statistics.rows(),
                features,
                statistics.nonzeros() + scale.heldZeros(statistics.rows()),
                scale.sparse());
    }
}
