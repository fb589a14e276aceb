package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.sparkgrad.job.evaluate.Curves.Threshold;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.spark.JavaSerialized;
import org.sparkgrad.job.spark.PersistedRdd;
import org.sparkgrad.job.spark.ShortJobs;
import scala.Tuple2;

/**
 * Computes the exact areas under the ROC and precision-recall curves: all scores are sorted, and trapezoids between
 * them are summed. The curves equal those of MLlib's BinaryClassificationMetrics.
 */
final class RankMetrics {
    /**
     * Up to this number of rows, the driver merges the runs of the shards, of 24 bytes per row. With more rows, tasks
     * merge them, one range of scores each.
     */
    private static final long ROWS_OF_ONE_MERGE = 1L << 20;

    /**
     * A range has at least this many rows. Each shard's run is split into all ranges, and many shards with many ranges
     * would give many small pieces.
     */
    private static final long ROWS_OF_A_RANGE = 1L << 19;

    /** A shard gives this many scores to the sample that decides the ranges. */
    static final int SAMPLES_OF_A_SHARD = 64;

    /** The number of grid lines per axis. A curve has a point at each crossing with a grid line. */
    static final int STEPS = 100;

    private RankMetrics() {}

    /**
     * The exact areas, and the curve with fewer points.
     *
     * @param roc the area under the true positive rate over the false positive rate
     * @param pr the area under precision over recall; the curve starts at recall 0 with the first precision
     * @param curve the points from the highest score on
     */
    record Ranked(double roc, double pr, List<Threshold> curve) {}

    /**
     * Computes the areas and the curve.
     *
     * @param runs the runs of all shards
     * @param sample {@value #SAMPLES_OF_A_SHARD} scores of each run
     */
    static Ranked of(Shards shards, JavaRDD<MergeTree.Subtree<RankRun>> runs, long rows, double[] sample) {
        if (rows <= ROWS_OF_ONE_MERGE) {
            RankRun all = shards.merge(runs, RankRun::merge);
            Part whole = total(all);
            return ranked(whole, List.of(curve(Part.NONE, whole, all)));
        }
        int count = (int) Math.min(shards.count(), rows / ROWS_OF_A_RANGE);
        PersistedRdd<RankRun> ranges = PersistedRdd.of(
                ranges(shards.fewTasks(runs), shards.count(), count, sample), StorageLevel.MEMORY_AND_DISK());
        try {
            List<Part> starts = ShortJobs.collect(ranges.rdd().map(RankMetrics::total));
            Part all = Part.NONE;
            for (int range = count - 1; range >= 0; range--) {
                Part total = starts.set(range, all);
                all = all.shifted(total);
            }
            Part whole = all;
            List<PartCurve> curves = ShortJobs.collect(ranges.rdd()
                    .mapPartitionsWithIndex(
                            (number, range) -> List.of(curve(starts.get(number), whole, range.next()))
                                    .iterator(),
                            false));
            Collections.reverse(curves);
            return ranked(whole, curves);
        } finally {
            ranges.drop();
        }
    }

    /** Returns the scores of all shards in the given number of ranges, lowest first. */
    private static JavaRDD<RankRun> ranges(
            JavaRDD<MergeTree.Subtree<RankRun>> runs, int shards, int count, double[] sample) {
        double[] sorted = Arrays.stream(sample).sorted().toArray();
        double[] bounds = IntStream.range(1, count)
                .mapToDouble(bound -> sorted[(int) ((long) bound * sorted.length / count)])
                .toArray();
        return runs.flatMapToPair(run -> {
                    RankRun[] parts = run.value().split(bounds);
                    return IntStream.range(0, count)
                            .mapToObj(part ->
                                    new Tuple2<>(part, JavaSerialized.of(MergeTree.leaf(run.index(), parts[part]))))
                            .iterator();
                })
                .partitionBy(new HashPartitioner(count))
                .values()
                .mapPartitions(parts -> {
                    List<MergeTree.Subtree<RankRun>> leaves = new ArrayList<>();
                    parts.forEachRemaining(leaf -> leaves.add(JavaSerialized.value(leaf)));
                    return List.of(MergeTree.root(leaves, shards, RankRun::merge))
                            .iterator();
                });
    }

    private static Ranked ranked(Part whole, List<PartCurve> parts) {
        return new Ranked(
                parts.stream().mapToDouble(part -> part.end().roc()).sum() / (whole.positives() * whole.negatives()),
                parts.stream().mapToDouble(part -> part.end().pr()).sum() / whole.positives(),
                parts.stream().flatMap(part -> part.curve().stream()).toList());
    }

    /**
     * The state at the start of a range of scores, from the highest score on; or the contribution of a range.
     *
     * @param positives the weight of class 1 before the range
     * @param negatives the weight of class 0 before the range
     * @param roc the area, in weights
     * @param pr the area, in weights
     */
    private record Part(double positives, double negatives, double roc, double pr) implements Serializable {
        static final Part NONE = new Part(0, 0, 0, 0);

        Part shifted(Part by) {
            return new Part(positives + by.positives, negatives + by.negatives, 0, 0);
        }

        Part plus(double more, double moreNegatives) {
            double p = positives + more;
            double n = negatives + moreNegatives;
            double next = p + n == 0 ? 0 : p / (p + n);
            double before = positives + negatives == 0 ? next : positives / (positives + negatives);
            return new Part(p, n, roc + moreNegatives * (positives + p) / 2, pr + more * (before + next) / 2);
        }
    }

    private static Part total(RankRun range) {
        double positives = 0;
        double negatives = 0;
        for (int i = range.size() - 1; i >= 0; i--) {
            positives += range.positives(i);
            negatives += range.negatives(i);
        }
        return new Part(positives, negatives, 0, 0);
    }

    /**
     * The part of the curves in a range.
     *
     * @param end the last point and the areas of the range
     * @param curve the points of the range, reduced
     */
    private record PartCurve(Part end, List<Threshold> curve) implements Serializable {}

    private static PartCurve curve(Part start, Part whole, RankRun range) {
        List<Threshold> curve = new ArrayList<>();
        Part at = start;
        for (int i = range.size() - 1; i >= 0; i--) {
            Part next = at.plus(range.positives(i), range.negatives(i));
            if ((at.positives() + at.negatives() == 0 && next.positives() + next.negatives() > 0)
                    || step(at.positives(), whole.positives()) != step(next.positives(), whole.positives())
                    || step(at.negatives(), whole.negatives()) != step(next.negatives(), whole.negatives())) {
                curve.add(new Threshold(
                        1 / (1 + Math.exp(-range.score(i))),
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
}
