package org.sparkgrad.job.ml;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.GridSession;
import org.sparkgrad.job.GridTask;
import org.sparkgrad.job.TrainingSet;
import org.sparkgrad.job.TrainingTask;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.config.EngineSettings;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.optimize.Bounds;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.FoldStatistics;
import org.sparkgrad.job.shard.MeasuredShards;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.shard.Sparsity;
import org.sparkgrad.job.shard.Statistics;

/** Instances in shards and blocks, in a scale that each of their models can be brought to. */
final class GridBlocks {
    private final TrainingSet set;
    private final FoldStatistics statistics;
    private final GridSession session;

    private GridBlocks(TrainingSet set, FoldStatistics statistics, GridSession session) {
        this.set = set;
        this.statistics = statistics;
        this.session = session;
    }

    /**
     * Shuffles the instances and measures them.
     *
     * @param estimators all that may be trained here
     * @param maker of the first of them
     */
    static GridBlocks open(
            SparkSession spark,
            JavaRDD<Instance> instances,
            DatasetShape shape,
            Folds folds,
            List<GpuLogisticRegression> estimators,
            EstimatorModel maker) {
        GpuLogisticRegression first = estimators.get(0);
        int features = shape.features();
        int shards = EstimatorSettings.shards(first, shape);
        long seed = EstimatorSettings.optimizer(first).seed();
        MeasuredShards measured =
                MeasuredShards.of(Shards.shuffle(instances, features, shards, seed), maker.classes(), folds.count());
        FoldStatistics statistics = measured.statistics();
        Statistics all = statistics.all();
        boolean sparse = Sparsity.isSparse(Dense.AUTO, all.rows(), all.nonzeros(), features);
        FeatureScale scale = FeatureScale.of(all, features, true, true, sparse);
        TrainingSet set = new TrainingSet(features, maker.classes(), measured.shards(), all, scale, null);
        ModelSettings model = EstimatorSettings.model(first, maker.multinomial());
        EngineSettings engine = EstimatorSettings.engine(first);
        List<OptimizerSettings> optimizers =
                estimators.stream().map(EstimatorSettings::optimizer).toList();
        return new GridBlocks(
                set,
                statistics,
                GridSession.open(spark, set, model.loss(), engine, optimizers, folds.count(), first.progress()));
    }

    /**
     * Returns the task of one model, in the scale that it would have alone.
     *
     * @param leftOut the fold whose rows it does not take, or {@link GridModel#NONE}
     */
    GridTask task(GpuLogisticRegression params, EstimatorModel maker, @Nullable Bounds bounds, int leftOut) {
        Statistics ofRows = leftOut == GridModel.NONE ? set.statistics() : statistics.without(leftOut);
        FeatureScale scale = EstimatorSettings.scale(
                params, bounds, ofRows, set.features(), set.scale().sparse());
        TrainingSet own = new TrainingSet(set.features(), set.classes(), set.rows(), ofRows, scale, null);
        ModelSettings model = EstimatorSettings.model(params, maker.multinomial());
        OptimizerSettings optimizer = EstimatorSettings.optimizer(params);
        return new GridTask(
                new TrainingTask(own, model, optimizer, maker.initial(params.initialModel()), bounds), leftOut);
    }

    /** Returns the engines over the blocks. */
    GridSession session() {
        return session;
    }
}
