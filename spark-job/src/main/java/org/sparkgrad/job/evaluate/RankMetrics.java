package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.evaluate.Curves.Threshold;
import org.sparkgrad.job.shard.ShardRows;
import org.sparkgrad.job.shard.Shards;

/**
 * Areas under the ROC and precision-recall curves, exact: one sort by score, then trapezoids between distinct scores.
 * The curves are those of MLlib's BinaryClassificationMetrics.
 */
final class RankMetrics {
    /** Up to here one task sorts: that costs a second, and needs no sampling for the bounds of a parallel sort. */
    private static final long ROWS_OF_ONE_SORT = 1L << 20;

    /** A curve has a point wherever it crosses a line of a grid of so many steps. */
    static final int STEPS = 100;

    private RankMetrics() {}

    /**
     * The areas, exact, and the curve, thinned.
     *
     * @param roc under true over false positive rate
     * @param pr under precision over recall, from recall 0 at the first precision
     * @param curve from the highest score on
     */
    record Ranked(double roc, double pr, List<Threshold> curve) {}

    static Ranked of(Shards shards, Scorer scorer, long rows) {
        int count = rows <= ROWS_OF_ONE_SORT ? 1 : shards.count();
        JavaRDD<RankPoint> sorted = shards.rows()
                .flatMap(shard -> points(shard, scorer))
                .sortBy(point -> point, false, count)
                .mapPartitions(RankMetrics::distinct)
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            List<Part> totals = sorted.mapPartitionsWithIndex(
                            (part, points) -> List.of(total(part, points)).iterator(), false)
                    .collect();
            List<Part> starts = new ArrayList<>();
            Part all = new Part(count, 0, 0, 0, 0);
            for (Part total : totals) {
                starts.add(all);
                all = all.shifted(total);
            }
            Part whole = all;
            List<PartCurve> parts = sorted.mapPartitionsWithIndex(
                            (part, points) -> List.of(curve(starts.get(part), whole, points))
                                    .iterator(),
                            false)
                    .collect();
            return new Ranked(
                    parts.stream().mapToDouble(part -> part.end().roc()).sum()
                            / (whole.positives() * whole.negatives()),
                    parts.stream().mapToDouble(part -> part.end().pr()).sum() / whole.positives(),
                    parts.stream().flatMap(part -> part.curve().stream()).toList());
        } finally {
            sorted.unpersist(true);
        }
    }

    /**
     * Where a partition of the sorted points starts, or what it adds.
     *
     * @param part its number
     * @param positives weight of class 1 ahead of it
     * @param negatives weight of class 0 ahead of it
     * @param roc area, in weights
     * @param pr area, in weights
     */
    private record Part(int part, double positives, double negatives, double roc, double pr) implements Serializable {
        Part shifted(Part by) {
            return new Part(part, positives + by.positives, negatives + by.negatives, 0, 0);
        }

        Part plus(RankPoint point) {
            double p = positives + point.positives();
            double n = negatives + point.negatives();
            double next = p + n == 0 ? 0 : p / (p + n);
            double before = positives + negatives == 0 ? next : positives / (positives + negatives);
            return new Part(
                    part,
                    p,
                    n,
                    roc + point.negatives() * (positives + p) / 2,
                    pr + point.positives() * (before + next) / 2);
        }
    }

    private static Part total(int part, Iterator<RankPoint> points) {
        double positives = 0;
        double negatives = 0;
        while (points.hasNext()) {
            RankPoint point = points.next();
            positives += point.positives();
            negatives += point.negatives();
        }
        return new Part(part, positives, negatives, 0, 0);
    }

    /**
     * A partition's share of the curves.
     *
     * @param end its last point and its areas
     * @param curve its points, thinned
     */
    private record PartCurve(Part end, List<Threshold> curve) implements Serializable {}

    private static PartCurve curve(Part start, Part whole, Iterator<RankPoint> points) {
        List<Threshold> curve = new ArrayList<>();
        Part at = start;
        while (points.hasNext()) {
            RankPoint point = points.next();
            Part next = at.plus(point);
            if ((at.positives() + at.negatives() == 0 && next.positives() + next.negatives() > 0)
                    || step(at.positives(), whole.positives()) != step(next.positives(), whole.positives())
                    || step(at.negatives(), whole.negatives()) != step(next.negatives(), whole.negatives())) {
                curve.add(new Threshold(
                        1 / (1 + Math.exp(-point.score())),
                        next.negatives() / whole.negatives(),
                        next.positives() / whole.positives(),
                        next.positives() / (next.positives() + next.negatives())));
            }
            at = next;
        }
        return new PartCurve(at, curve);
    }

    private static int step(double weight, double whole) {
        return (int) (STEPS * weight / whole);
    }

    private static Iterator<RankPoint> points(ShardRows rows, Scorer scorer) {
        double[] margins = new double[scorer.outputs()];
        return IntStream.range(0, rows.rows())
                .mapToObj(row -> {
                    scorer.margins(rows, row, margins);
                    double score = margins.length == 1 ? margins[0] : margins[1] - margins[0];
                    double weight = rows.weight(row);
                    boolean positive = rows.label(row) == 1;
                    return new RankPoint(score, rows.number(), row, positive ? weight : 0, positive ? 0 : weight);
                })
                .iterator();
    }

    /** Joins neighbours of equal score, one at a time: a partition may be larger than memory. */
    private static Iterator<RankPoint> distinct(Iterator<RankPoint> sorted) {
        return new Iterator<>() {
            private @Nullable RankPoint ahead = sorted.hasNext() ? sorted.next() : null;

            @Override
            public boolean hasNext() {
                return ahead != null;
            }

            @Override
            public RankPoint next() {
                if (ahead == null) {
                    throw new NoSuchElementException();
                }
                RankPoint point = ahead;
                ahead = null;
                while (ahead == null && sorted.hasNext()) {
                    RankPoint next = sorted.next();
                    if (next.score() == point.score()) {
                        point = point.plus(next);
                    } else {
                        ahead = next;
                    }
                }
                return point;
            }
        };
    }
}
