package org.sparkgrad.job.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.mllib.evaluation.BinaryClassificationMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.shard.ShardRows;
import org.sparkgrad.job.shard.Shards;
import scala.Tuple3;

class RankMetricsTest {
    private static final int ROWS = 3000;
    private static final int SHARDS = 8;
    private static final JavaSparkContext SPARK = TestSpark.context("local[2]");

    /** @param scores how many different ones there are: many rows share one, or two, which leaves most ranges empty */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40, 1_000_000})
    void rangesOfScoresHaveTheCurvesOfAll(int scores) {
        List<Instance> rows = rows(scores);
        Shards shards = shards(rows);
        RankMetrics.Ranked whole = ranked(shards, ROWS);
        RankMetrics.Ranked ranges = ranked(shards, Long.MAX_VALUE);
        assertEquals(whole.roc(), ranges.roc(), 1e-12);
        assertEquals(whole.pr(), ranges.pr(), 1e-12);
        assertEquals(probabilities(whole), probabilities(ranges));

        JavaRDD<Tuple3<Object, Object, Object>> stock = SPARK.parallelize(rows)
                .map(row -> new Tuple3<>(row.features().apply(0), (double) row.label(), row.weight()));
        @SuppressWarnings({"unchecked", "rawtypes"})
        BinaryClassificationMetrics theirs = new BinaryClassificationMetrics((org.apache.spark.rdd.RDD) stock.rdd(), 0);
        assertEquals(theirs.areaUnderROC(), whole.roc(), 1e-10);
        assertEquals(theirs.areaUnderPR(), whole.pr(), 1e-10);
    }

    @Test
    void zerosOfBothSignsAreOneScore() {
        List<Instance> rows = List.of(row(0, -0.0, 1, 1), row(1, 0.0, 0, 1), row(2, 1, 1, 1));
        Shards shards = shards(rows);
        RankMetrics.Ranked ranked = ranked(shards, rows.size());
        assertEquals(0.75, ranked.roc());
        assertArrayEquals(
                new double[] {0.5, 1},
                ranked.curve().stream().mapToDouble(Curves.Threshold::recall).toArray());
    }

    /** Scores that differ in their last bits only, and equal ones. */
    @Test
    void aRunHasTheWeightsOfEachScoreInTheOrderOfRows() {
        SplittableRandom random = new SplittableRandom(8);
        List<Instance> rows = IntStream.range(0, 500)
                .mapToObj(
                        row -> row(row, 1 + random.nextInt(40) * Math.ulp(1.0), random.nextInt(2), random.nextDouble()))
                .toList();
        ShardRows shard =
                TestData.shards(SPARK.parallelize(rows, 3), 1, 1, 1).rows().first();
        double[] scores =
                IntStream.range(0, 500).mapToDouble(row -> score(shard, row)).toArray();
        TreeMap<Double, double[]> expected = new TreeMap<>();
        for (int row = 0; row < 500; row++) {
            expected.computeIfAbsent(scores[row], score -> new double[2])[shard.label(row)] += shard.weight(row);
        }
        RankRun run = RankRun.of(shard, scores);
        assertEquals(expected.size(), run.size());
        int i = 0;
        for (Map.Entry<Double, double[]> score : expected.entrySet()) {
            assertEquals(score.getKey(), run.score(i));
            assertEquals(score.getValue()[0], run.negatives(i));
            assertEquals(score.getValue()[1], run.positives(i++));
        }
    }

    private static RankMetrics.Ranked ranked(Shards shards, long rows) {
        JavaRDD<MergeTree.Subtree<RankRun>> runs = runs(shards);
        double[] sample = runs.collect().stream()
                .flatMapToDouble(run -> Arrays.stream(run.value().sample(RankMetrics.SAMPLES_OF_A_SHARD)))
                .toArray();
        return RankMetrics.of(shards, runs, rows, sample);
    }

    private static List<Double> probabilities(RankMetrics.Ranked ranked) {
        return ranked.curve().stream().map(Curves.Threshold::probability).toList();
    }

    private static Shards shards(List<Instance> rows) {
        return TestData.shards(SPARK.parallelize(rows, 3), 1, SHARDS, 1);
    }

    private static JavaRDD<MergeTree.Subtree<RankRun>> runs(Shards shards) {
        return shards.map(shard -> RankRun.of(
                shard,
                IntStream.range(0, shard.rows())
                        .mapToDouble(row -> score(shard, row))
                        .toArray()));
    }

    private static double score(ShardRows shard, int row) {
        double[] score = new double[1];
        shard.forEachActive(row, (j, value) -> score[j] = value);
        return score[0];
    }

    private static List<Instance> rows(int scores) {
        SplittableRandom random = new SplittableRandom(scores);
        return IntStream.range(0, ROWS)
                .mapToObj(row -> {
                    double score = random.nextInt(scores) / (double) scores - 0.5;
                    int label = random.nextDouble() < 0.5 + score / 2 ? 1 : 0;
                    return row(row, score, label, row % 7 == 0 ? 0 : 1 + random.nextInt(3));
                })
                .toList();
    }

    private static Instance row(int number, double score, int label, double weight) {
        return new Instance(number, label, weight, Vectors.dense(score), 0);
    }
}
