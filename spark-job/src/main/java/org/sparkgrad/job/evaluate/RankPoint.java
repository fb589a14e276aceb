package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Instances of one score. Points are ordered by score, those of equal score by where their row is, so that weights are
 * always added in the same order.
 *
 * @param score the margin in favour of class 1
 * @param shard of the row
 * @param row in the shard
 * @param positives weight of class 1
 * @param negatives weight of class 0
 */
record RankPoint(double score, int shard, int row, double positives, double negatives)
        implements Comparable<RankPoint>, Serializable {
    private static final Comparator<RankPoint> ORDER = Comparator.comparingDouble(RankPoint::score)
            .thenComparingInt(RankPoint::shard)
            .thenComparingInt(RankPoint::row);

    RankPoint plus(RankPoint other) {
        return new RankPoint(score, shard, row, positives + other.positives, negatives + other.negatives);
    }

    @Override
    public int compareTo(RankPoint other) {
        return ORDER.compare(this, other);
    }
}
