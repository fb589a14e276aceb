package org.sparkgrad.job.shard;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkgrad.gpu.block.GridModel;

/** The statistics of each fold's rows. The statistics of a model's rows are merged from them, fold by fold. */
public final class FoldStatistics implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int features;
    private final int classes;
    private final Statistics[] byFold;

    private FoldStatistics(int features, int classes, Statistics[] byFold) {
        this.features = features;
        this.classes = classes;
        this.byFold = byFold;
    }

    /** Returns the statistics of one shard with labels 0..classes-1. */
    static FoldStatistics of(ShardRows shard, int classes, int folds) {
        return new FoldStatistics(
                shard.features(),
                classes,
                IntStream.range(0, folds)
                        .mapToObj(fold -> Statistics.of(folds == 1 ? shard : shard.ofFold(fold), classes))
                        .toArray(Statistics[]::new));
    }

    /** Adds the statistics of the shards to the right and returns this object. */
    FoldStatistics merge(FoldStatistics right) {
        for (int fold = 0; fold < byFold.length; fold++) {
            byFold[fold].merge(right.byFold[fold]);
        }
        return this;
    }

    /** Returns the statistics of all rows. */
    public Statistics all() {
        return without(GridModel.NONE);
    }

    /** Returns the statistics of all rows except one fold, or of all rows for {@link GridModel#NONE}. */
    public Statistics without(int leftOut) {
        List<Statistics> kept = IntStream.range(0, byFold.length)
                .filter(fold -> fold != leftOut)
                .mapToObj(fold -> byFold[fold])
                .toList();
        if (kept.size() == 1) {
            return kept.get(0);
        }
        Statistics sum = Statistics.none(features, classes);
        kept.forEach(sum::merge);
        return sum;
    }
}
