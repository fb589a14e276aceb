package org.sparkgrad.job.ml.grid;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.grid.GridSession;
import org.sparkgrad.job.grid.GridTask;
import org.sparkgrad.job.ml.dataset.DatasetShape;
import org.sparkgrad.job.ml.dataset.Folds;
import org.sparkgrad.job.ml.fit.EstimatorSettings;
import org.sparkgrad.job.ml.fit.FitLog;
import org.sparkgrad.job.ml.fit.FitPlan;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.FoldStatistics;
import org.sparkgrad.job.shard.MeasuredShards;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.shard.Statistics;
import org.sparkgrad.job.train.TrainingSet;

/** Rows in shards and blocks, in a scale from which the scale of each of their models can be computed. */
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
     * Shuffles the rows and computes their statistics.
     *
     * @param shape the shape of all rows
     * @param estimators all estimators that may be trained on the blocks
     * @param plan the plan of the first estimator
     */
    static GridBlocks open(
            SparkSession spark,
            JavaRDD<RowBatch> rows,
            DatasetShape shape,
            Folds folds,
            List<TrainingParams> estimators,
            FitPlan plan) {
        TrainingParams first = estimators.get(0);
        int features = shape.features();
        int shards = EstimatorSettings.shards(first, shape);
        long seed = EstimatorSettings.optimizer(first).seed();
        MeasuredShards measured =
                MeasuredShards.of(Shards.shuffle(rows, features, shards, seed), plan.classes(), folds.count());
        FoldStatistics statistics = measured.statistics();
        Statistics all = statistics.all();
        FeatureScale scale = FeatureScale.of(all, features, true, true, plan.isSparse(all));
        TrainingSet set = new TrainingSet(features, plan.classes(), measured.shards(), all, scale, null);
        List<OptimizerSettings> optimizers =
                estimators.stream().map(EstimatorSettings::optimizer).toList();
        return new GridBlocks(
                set,
                statistics,
                GridSession.open(
                        spark,
                        set,
                        plan.settings().loss(),
                        EstimatorSettings.engine(first),
                        optimizers,
                        folds.count(),
                        FitLog.of(first)));
    }

    /**
     * Returns the training of one model, in the scale of a single fit.
     *
     * @param leftOut the fold that the model leaves out, or {@link GridModel#NONE}
     */
    GridTask task(FitPlan plan, int leftOut) {
        Statistics ofRows = leftOut == GridModel.NONE ? set.statistics() : statistics.without(leftOut);
        FeatureScale scale = plan.scale(ofRows, set.scale().sparse());
        return new GridTask(
                plan.task(new TrainingSet(set.features(), set.classes(), set.rows(), ofRows, scale, null)), leftOut);
    }

    /** Returns the engines over the blocks. */
    GridSession session() {
        return session;
    }
}
