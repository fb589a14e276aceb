package org.sparkgrad.job.scheduled;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.assemble.Assembly;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.shard.DataSize;
import org.sparkgrad.job.shard.ShardCount;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.shard.Statistics;

/**
 * The statistics of a run's training files, for a comparison with those of another run; {@code profile.json} in a
 * version.
 *
 * @param rows N, including held-out rows
 * @param labels the number of rows of each label
 * @param featureNames the F names
 * @param means the weighted means of the F features
 * @param deviations the weighted deviations of the F features
 * @param histograms the histograms of the first features; null in older versions
 */
record TableProfile(
        long rows,
        Map<String, Long> labels,
        List<String> featureNames,
        List<Double> means,
        List<Double> deviations,
        @Nullable Histograms histograms) {
    /**
     * The table of a night.
     *
     * @param profile the profile of the table
     * @param inBinsBefore the distributions in the bins of an earlier night; null if that night has no histograms
     */
    record OfNight(TableProfile profile, @Nullable Histograms inBinsBefore) {}

    /**
     * Reads the training files and computes their profile.
     *
     * @param before the profile of the earlier night
     * @throws org.sparkgrad.job.problem.JobException for data that training would refuse
     */
    static OfNight of(SparkSession spark, TrainSettings settings, @Nullable TableProfile before) {
        Table table = Assembly.labelled(TableReader.read(spark, settings.data()), settings.data());
        return table.places().naming(() -> of(table.rows(), settings, before));
    }

    private static OfNight of(Dataset<Row> table, TrainSettings settings, @Nullable TableProfile before) {
        Assembly assembly = Assembly.of(table, settings.data());
        int features = assembly.features();
        DataSize size = DataSize.of(settings.data().dense(), assembly.rows(), features, assembly.entries());
        int shards = ShardCount.of(size, settings.engine().precision(), null);
        Shards sharded = Shards.shuffle(
                assembly.batches(table), features, shards, settings.optimizer().seed());
        Statistics statistics = sharded.statistics(assembly.labels().size());
        Map<String, Long> labels = new LinkedHashMap<>();
        for (int k = 0; k < assembly.labels().size(); k++) {
            labels.put(assembly.labels().get(k), statistics.classRows()[k]);
        }
        List<Double> means = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (int j = 0; j < features; j++) {
            means.add(statistics.mean(j));
            deviations.add(statistics.deviation(j));
        }
        List<String> names = assembly.featureNames();
        JavaRDD<HistogramRows.OfShard> cells = sharded.rows().map(HistogramRows.OfShard::new);
        Histograms earlier = before == null ? null : before.histograms();
        return new OfNight(
                new TableProfile(
                        statistics.rows(),
                        labels,
                        names,
                        means,
                        deviations,
                        Histograms.of(cells, statistics.rows(), names)),
                earlier == null ? null : earlier.sameOf(cells, names));
    }

    /** Returns the share of the rows with a label; 0 if no row has it. */
    double share(String label) {
        return labels.getOrDefault(label, 0L) / (double) rows;
    }

    /**
     * Returns whether a training on these data can start from a model of the other data. The labels must be the same,
     * and there must be a common feature.
     */
    boolean mayStartFrom(TableProfile other) {
        return labels.keySet().equals(other.labels.keySet())
                && featureNames.stream().anyMatch(Set.copyOf(other.featureNames)::contains);
    }
}
