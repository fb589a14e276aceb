package org.sparkgrad.job.train;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.shard.DataSize;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.shard.Statistics;

/**
 * Rows to train on, measured.
 *
 * @param features F
 * @param classes the number of labels
 * @param rows with the weights that are trained with
 * @param statistics of these
 * @param scale from original to trained features
 * @param validation rows that may stop the training early, if there are any
 */
public record TrainingSet(
        int features,
        int classes,
        Shards rows,
        Statistics statistics,
        FeatureScale scale,
        @Nullable Shards validation) {
    /** Returns the same with other rows that may stop the training early, or none. */
    public TrainingSet withValidation(@Nullable Shards others) {
        return new TrainingSet(features, classes, rows, statistics, scale, others);
    }

    /** Returns how large the rows are, at most. */
    public DataSize size() {
        return new DataSize(
                statistics.rows(),
                features,
                statistics.nonzeros() + scale.heldZeros(statistics.rows()),
                scale.sparse());
    }
}
