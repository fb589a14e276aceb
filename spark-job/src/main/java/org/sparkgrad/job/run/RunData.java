package org.sparkgrad.job.run;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.job.assemble.Assembly;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.ModelSettings.ClassWeight;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.ReadReport;
import org.sparkgrad.job.read.RowPlaces;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.shard.DataSize;
import org.sparkgrad.job.shard.FeatureRangeCheck;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.MeasuredShards;
import org.sparkgrad.job.shard.ShardCount;
import org.sparkgrad.job.shard.ShardRows;
import org.sparkgrad.job.shard.Sharding;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.shard.Sparsity;
import org.sparkgrad.job.shard.Statistics;
import org.sparkgrad.job.train.Losses;
import org.sparkgrad.job.train.TrainingSet;

/**
 * The data of a run after reading, assembling and sharding.
 *
 * @param report the results of reading the training files
 * @param assembly the map from columns to instances
 * @param set the training rows without the held-out rows, with the weights used in training
 * @param shards the training rows with their own weights
 * @param validation the held-out rows of the training files, or null
 * @param test the rows of the test files, or null
 * @param testPlaces the places of the test rows in their files, or null
 */
record RunData(
        ReadReport report,
        Assembly assembly,
        TrainingSet set,
        Shards shards,
        @Nullable Shards validation,
        @Nullable Shards test,
        @Nullable RowPlaces testPlaces) {
    /**
     * The largest number of entries of held-out rows that stay in memory beside the blocks; more entries stay on disk.
     */
    private static final long MOST_KEPT_IN_MEMORY = 4L << 20;

    /** The smallest number of vectors of any optimizer: coefficients, gradient, statistics, and sums in transit. */
    private static final int LEAST_VECTORS = 8;

    private static final int MEBIBYTE_BITS = 20;

    /**
     * Chooses columns and labels.
     *
     * @param sharding keeps the rows that are read on this occasion, if it can
     */
    static Assembly assemble(Dataset<Row> table, TrainSettings settings, Sharding sharding) {
        Assembly assembly = Assembly.of(
                table,
                settings.data(),
                sharding.keeper(settings.optimizer().validation().fraction()));
        refuseLargeBatch(settings, assembly.rows());
        refuseTooManyFeatures(settings, assembly);
        return assembly;
    }

    /**
     * Refuses a model for which the driver has too little memory. Otherwise a task would run out of memory, and Spark
     * would end the JVM.
     */
    private static void refuseTooManyFeatures(TrainSettings settings, Assembly assembly) {
        int outputs =
                Losses.of(settings.model().loss(), assembly.labels().size()).outputs();
        long coefficients = outputs * (assembly.features() + 1L);
        long needed = coefficients * Double.BYTES * LEAST_VECTORS;
        long heap = Runtime.getRuntime().maxMemory();
        if (coefficients > Integer.MAX_VALUE || needed > heap) {
            throw new JobException(
                    ExitCode.RESOURCES,
                    "%d features and %d classes make %d coefficients, for which the driver needs more than %d MiB (it has %d): %s"
                            .formatted(
                                    assembly.features(),
                                    assembly.labels().size(),
                                    coefficients,
                                    needed >> MEBIBYTE_BITS,
                                    heap >> MEBIBYTE_BITS,
                                    "check the largest feature index, or give --driver-memory more"));
        }
    }

    private static void refuseLargeBatch(TrainSettings settings, long rows) {
        Integer batchSize = settings.optimizer().batchSize();
        if (batchSize != null && batchSize > rows) {
            throw new JobException(
                    ExitCode.USAGE,
                    "--batch-size %d is more than the %d rows of the data: give at most %d"
                            .formatted(batchSize, rows, rows));
        }
    }

    /** Brings the rows into shards and computes their statistics. */
    static RunData shard(
            SparkSession spark, Table table, Assembly assembly, TrainSettings settings, Sharding sharding) {
        long seed = settings.optimizer().seed();
        int features = assembly.features();
        double fraction = settings.optimizer().validation().fraction();
        DataSize size = DataSize.of(settings.data().dense(), assembly.rows(), features, assembly.entries());
        int count = count(size, settings);
        Supplier<JavaRDD<RowBatch>> batches = () -> assembly.batches(table.rows());
        Shards shards = sharding.training(batches, fraction, size, count);
        MeasuredShards measured = MeasuredShards.of(
                weighted(shards, assembly, settings.model().classWeight()),
                assembly.labels().size(),
                1);
        Statistics statistics = measured.statistics().all();
        Shards validation = fraction == 0
                ? null
                : sharding.heldOut(batches, fraction, size, count)
                        .keep(fraction * assembly.entries() < MOST_KEPT_IN_MEMORY);
        if (validation != null) {
            refuseEmptyPart(settings, assembly, statistics, validation);
        }
        if (!(statistics.weightSum() > 0)) {
            throw JobException.data("all instance weights in column %s are 0: nothing can be learned"
                    .formatted(settings.data().weight()));
        }
        boolean single = settings.engine().precision() == Precision.FLOAT
                && !settings.model().standardization();
        FeatureRangeCheck.refuse(
                statistics,
                features,
                single,
                j -> "column " + assembly.featureNames().get(j));
        FeatureScale raw = FeatureScale.of(
                statistics,
                features,
                settings.model().standardization(),
                settings.model().fitIntercept(),
                Sparsity.isSparse(settings.data().dense(), statistics.rows(), statistics.nonzeros(), features));
        boolean centred = settings.model().fitIntercept() && Optimizers.centres(settings.optimizer());
        FeatureScale scale = centred ? raw.centred(statistics) : raw;
        DataSettings held = settings.data().forTest();
        Table test = held.data().isEmpty()
                ? null
                : Assembly.labelled(TableReader.read(spark, held, assembly.expected()), held);
        TrainingSet set =
                new TrainingSet(features, assembly.labels().size(), measured.shards(), statistics, scale, validation);
        return new RunData(
                table.report().with(assembly.notes()),
                assembly,
                set,
                shards,
                validation,
                test == null ? null : Shards.shuffle(assembly.batches(test.rows()), features, count, seed),
                test == null ? null : test.places());
    }

    private static Shards weighted(Shards shards, Assembly assembly, ClassWeight classWeight) {
        return switch (classWeight) {
            case NONE -> shards;
            case BALANCED -> {
                double classes = assembly.classRows().size();
                yield shards.weighted(assembly.classRows().stream()
                        .mapToDouble(rows -> assembly.rows() / (classes * rows))
                        .toArray());
            }
        };
    }

    private static void refuseEmptyPart(
            TrainSettings settings, Assembly assembly, Statistics statistics, Shards validation) {
        double weight = validation.reduce(RunData::weight, Double::sum);
        if (!(weight > 0) || statistics.rows() == 0) {
            throw new JobException(
                    ExitCode.USAGE,
                    "--validation-fraction %s of %d rows leaves none to %s: give %s"
                            .formatted(
                                    settings.optimizer().validation().fraction(),
                                    assembly.rows(),
                                    weight > 0 ? "train on" : "measure",
                                    weight > 0 ? "less" : "more"));
        }
        refuseLargeBatch(settings, statistics.rows());
    }

    private static double weight(ShardRows rows) {
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            sum += rows.weight(row);
        }
        return sum;
    }

    private static int count(DataSize size, TrainSettings settings) {
        Integer asked = settings.engine().shards();
        if (asked != null) {
            return asked;
        }
        long batchSize = Optimizers.batchSize(settings.optimizer(), size.rows());
        return ShardCount.of(
                size, settings.engine().precision(), Optimizers.isMiniBatch(settings.optimizer()) ? batchSize : null);
    }
}
