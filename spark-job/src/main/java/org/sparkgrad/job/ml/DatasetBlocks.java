package org.sparkgrad.job.ml;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.GridTask;
import org.sparkgrad.job.Trainer;
import org.sparkgrad.job.TrainingSession;
import org.sparkgrad.job.TrainingSet;
import org.sparkgrad.job.TrainingTask;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.config.EngineSettings;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.optimize.Bounds;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.FoldStatistics;
import org.sparkgrad.job.shard.ShardCount;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.shard.Sparsity;
import org.sparkgrad.job.shard.Statistics;

/** Instances in shards and blocks, in a scale that their models share, or each can be brought to. */
final class DatasetBlocks {
    private final TrainingSet set;
    private final FoldStatistics statistics;
    private final TrainingSession session;
    private final boolean several;

    private DatasetBlocks(TrainingSet set, FoldStatistics statistics, TrainingSession session, boolean several) {
        this.several = several;
        this.set = set;
        this.statistics = statistics;
        this.session = session;
    }

    /**
     * Shuffles the instances and measures them.
     *
     * @param estimators all that may be trained here
     * @param maker of the first of them
     * @param validation rows that may stop the training early; null for none
     */
    static DatasetBlocks open(
            SparkSession spark,
            JavaRDD<Instance> instances,
            DatasetShape shape,
            Folds folds,
            List<GpuLogisticRegression> estimators,
            EstimatorModel maker,
            @Nullable JavaRDD<Instance> validation) {
        GpuLogisticRegression first = estimators.get(0);
        OptimizerSettings optimizer = EstimatorSettings.optimizer(first);
        EngineSettings engine = EstimatorSettings.engine(first);
        int features = shape.features();
        int shards = shards(shape, optimizer, engine);
        Shards training = Shards.shuffle(instances, features, shards, optimizer.seed());
        FoldStatistics statistics = training.statistics(maker.classes(), folds.count());
        Statistics all = statistics.all();
        boolean sparse = Sparsity.isSparse(Dense.AUTO, all.rows(), all.nonzeros(), features);
        FeatureScale scale = estimators.size() == 1 && folds.count() == 1
                ? scale(first, bounds(first, maker, features), all, features, sparse)
                : FeatureScale.of(all, features, true, true, sparse);
        Shards held = validation == null
                ? null
                : Shards.shuffle(validation, features, shards, optimizer.seed()).keep(true);
        TrainingSet set = new TrainingSet(features, maker.classes(), training, all, scale, held);
        ModelSettings model = EstimatorSettings.model(first, maker.multinomial());
        int together = estimators.size() * folds.count();
        TrainingSession session = Trainer.open(spark, set, model.loss(), engine, together, Progress.SILENT);
        return new DatasetBlocks(set, statistics, session, together > 1);
    }

    private static int shards(DatasetShape shape, OptimizerSettings optimizer, EngineSettings engine) {
        if (engine.shards() != null) {
            return engine.shards();
        }
        Long batchSize = Optimizers.isMiniBatch(optimizer) ? Optimizers.batchSize(optimizer, shape.rows()) : null;
        return ShardCount.of(shape.size(), engine.precision(), batchSize);
    }

    private static @Nullable Bounds bounds(GpuLogisticRegression params, EstimatorModel maker, int features) {
        return EstimatorBounds.of(params, maker.outputs(), features);
    }

    private static FeatureScale scale(
            GpuLogisticRegression params,
            @Nullable Bounds bounds,
            Statistics statistics,
            int features,
            boolean sparse) {
        boolean shifts = params.getFitIntercept() && (bounds == null || !bounds.holdIntercepts(features));
        return FeatureScale.of(statistics, features, params.getStandardization(), shifts, sparse);
    }

    /**
     * Returns the task of one model, in the scale that it would have alone.
     *
     * @param leftOut the fold whose rows it does not take, or {@link GridModel#NONE}
     */
    GridTask task(GpuLogisticRegression params, EstimatorModel maker, @Nullable Bounds bounds, int leftOut) {
        Statistics ofRows = leftOut == GridModel.NONE ? set.statistics() : statistics.without(leftOut);
        FeatureScale scale =
                scale(params, bounds, ofRows, set.features(), set.scale().sparse());
        TrainingSet own = new TrainingSet(set.features(), set.classes(), set.rows(), ofRows, scale, set.validation());
        ModelSettings model = EstimatorSettings.model(params, maker.multinomial());
        return new GridTask(
                new TrainingTask(own, model, optimizer(params), maker.initial(params.initialModel()), bounds), leftOut);
    }

    /** Models in lockstep ask for gradients alone: what the data could be asked for beside them is not theirs. */
    private OptimizerSettings optimizer(GpuLogisticRegression params) {
        OptimizerSettings optimizer = EstimatorSettings.optimizer(params);
        return several ? optimizer.with(Optimizers.method(optimizer)) : optimizer;
    }

    /** Returns the engines over the blocks. */
    TrainingSession session() {
        return session;
    }
}
