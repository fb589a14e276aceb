package org.sparkgrad.job;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.assemble.Assembly;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.ShardCount;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.shard.Sparsity;
import org.sparkgrad.job.shard.Statistics;

/**
 * The data of a run, read, assembled and sharded.
 *
 * @param assembly how columns became instances
 * @param shards the training rows
 * @param statistics of the training rows
 * @param scale from original to trained features
 * @param test the held-out rows, if there are any
 */
record TrainingData(
        Assembly assembly,
        Shards shards,
        Statistics statistics,
        FeatureScale scale,
        @Nullable Shards test) {

    /** Decides on columns and labels. */
    static Assembly assemble(Dataset<Row> table, TrainSettings settings) {
        Assembly assembly = Assembly.of(table, settings.data());
        Integer batchSize = settings.optimizer().batchSize();
        if (batchSize != null && batchSize > assembly.rows()) {
            throw new JobException(
                    ExitCode.USAGE,
                    "--batch-size %d is more than the %d rows of the data: give at most %d"
                            .formatted(batchSize, assembly.rows(), assembly.rows()));
        }
        return assembly;
    }

    /** Shuffles the rows into shards and measures them. */
    static TrainingData shard(SparkSession spark, Dataset<Row> table, Assembly assembly, TrainSettings settings) {
        long seed = settings.optimizer().seed();
        int features = assembly.features();
        int count = count(assembly, settings);
        Shards shards = Shards.shuffle(assembly.instances(table), features, count, seed);
        Statistics statistics = shards.statistics(assembly.labels().size());
        if (!(statistics.weightSum() > 0)) {
            throw JobException.data("all instance weights in column %s are 0: nothing can be learned"
                    .formatted(settings.data().weight()));
        }
        FeatureScale scale = FeatureScale.of(
                statistics,
                features,
                settings.model().standardization(),
                settings.model().fitIntercept(),
                Sparsity.isSparse(settings.data().dense(), statistics, features));
        DataSettings held = settings.data().forTest();
        Shards test = held.data().isEmpty()
                ? null
                : Shards.shuffle(assembly.instances(TableReader.read(spark, held, features)), features, count, seed);
        return new TrainingData(assembly, shards, statistics, scale, test);
    }

    private static int count(Assembly assembly, TrainSettings settings) {
        Integer asked = settings.engine().shards();
        if (asked != null) {
            return asked;
        }
        long batchSize = Optimizers.batchSize(settings.optimizer(), assembly.rows());
        return ShardCount.of(
                assembly.rows(),
                assembly.features(),
                settings.engine().precision(),
                Optimizers.isMiniBatch(settings.optimizer()) ? batchSize : null);
    }
}
