package org.sparkgrad.job.evaluate;

import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.spark.PersistedRdd;

/** Measures a model on sharded instances. Sums are merged along the shards, so metrics do not depend on the cluster. */
public final class Evaluator {
    private Evaluator() {}

    /**
     * Returns the metrics.
     *
     * @param coefficients K x (F + 1) over original features
     * @param labels the original label of each class
     * @throws JobException if all weights are 0
     */
    public static Metrics evaluate(Shards shards, Coefficients coefficients, List<String> labels) {
        return measure(shards, coefficients, labels).metrics();
    }

    /**
     * Returns the predictions of a model for the rows of each shard whose weight is above 0: the probability of class 1
     * for a model with one output, else the probability of each class.
     */
    public static JavaRDD<double[][]> probabilities(Shards shards, Coefficients coefficients) {
        Scorer scorer = new Scorer(coefficients);
        return shards.rows().map(scorer::probabilities);
    }

    /** Returns the metrics and the curves. */
    public static MeasuredModel measure(Shards shards, Coefficients coefficients, List<String> labels) {
        Scorer scorer = new Scorer(coefficients);
        int classes = labels.size();
        PersistedRdd<MergeTree.Subtree<ShardScores>> scores =
                PersistedRdd.of(shards.map(rows -> scorer.score(rows, classes)), StorageLevel.MEMORY_AND_DISK());
        try {
            return measured(shards, scores.rdd(), labels);
        } finally {
            scores.drop();
        }
    }

    private static MeasuredModel measured(
            Shards shards, JavaRDD<MergeTree.Subtree<ShardScores>> scores, List<String> labels) {
        ScoreSum sum = shards.merge(scores.map(shard -> shard.with(shard.value().sum())), ScoreSum::merge);
        if (sum.rows() > 0 && sum.weight() == 0) {
            throw JobException.data("All instance weights are 0: nothing can be measured. Give other rows or weights.");
        }
        List<Metrics.PerClass> perClass = sum.perClass(labels);
        RankMetrics.@Nullable Ranked ranked = labels.size() == 2 && bothThere(perClass)
                ? RankMetrics.of(
                        shards,
                        scores.map(shard ->
                                shard.with(Objects.requireNonNull(shard.value().ranks()))),
                        sum.rows(),
                        sum.sample())
                : null;
        Metrics metrics = new Metrics(
                sum.accuracy(),
                sum.logLoss(),
                ranked == null ? null : ranked.roc(),
                ranked == null ? null : ranked.pr(),
                perClass,
                sum.matrix());
        return new MeasuredModel(
                metrics,
                new Curves(
                        ranked == null ? null : ranked.curve(),
                        sum.calibration().bins()));
    }

    private static boolean bothThere(List<Metrics.PerClass> perClass) {
        return perClass.stream().allMatch(c -> c.support() > 0);
    }
}
