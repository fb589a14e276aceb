package org.sparkgrad.job.ml.fit;

import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.ml.dataset.DatasetShape;
import org.sparkgrad.job.ml.dataset.ScannedRows;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.optimize.Bounds;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.MeasuredShards;
import org.sparkgrad.job.shard.Sparsity;
import org.sparkgrad.job.shard.Statistics;
import org.sparkgrad.job.train.TrainingResult;
import org.sparkgrad.job.train.TrainingSet;
import org.sparkgrad.job.train.TrainingTask;

/** The plan of training one model on counted rows: the parameters of an estimator, checked against the rows. */
public final class FitPlan {
    private final TrainingParams params;
    private final DatasetShape shape;
    private final StockModelBuilder builder;
    private final @Nullable Bounds bounds;

    private FitPlan(TrainingParams params, DatasetShape shape, StockModelBuilder builder, @Nullable Bounds bounds) {
        this.params = params;
        this.shape = shape;
        this.builder = builder;
        this.bounds = bounds;
    }

    /**
     * Checks the parameters.
     *
     * @param shape the shape of the training rows
     * @param schema the schema of their Dataset
     * @throws IllegalArgumentException if family, thresholds or bounds do not fit the classes and features
     */
    public static FitPlan of(TrainingParams params, DatasetShape shape, StructType schema) {
        StockModelBuilder builder = new StockModelBuilder(params, shape, shape.classes(schema, params.getLabelCol()));
        builder.check();
        return new FitPlan(params, shape, builder, EstimatorBounds.of(params, builder.outputs(), shape.features()));
    }

    /** Returns whether all rows have one class, so that an intercept alone gives the class probability 1. */
    public boolean isConstant() {
        return params.getFitIntercept() && shape.onlyClass() >= 0 && bounds == null;
    }

    /** Returns MLlib's model for rows of one class. */
    public LogisticRegressionModel constantModel(Dataset<?> rows) {
        return builder.constant(rows);
    }

    /** Returns the stock model for a training's result. */
    public LogisticRegressionModel model(TrainingResult result, Dataset<?> rows) {
        return builder.of(result, rows);
    }

    /** Returns the number of classes of the loss, at least two for a single output. */
    public int classes() {
        return builder.classes();
    }

    /** Returns the objective. */
    public ModelSettings settings() {
        return EstimatorSettings.model(params, builder.multinomial());
    }

    /** Brings the rows into shards and computes their statistics. */
    public TrainingSet measure(ScannedRows rows) {
        MeasuredShards measured = MeasuredShards.of(rows.shards(EstimatorSettings.shards(params, shape)), classes(), 1);
        Statistics statistics = measured.statistics().all();
        boolean sparse = isSparse(statistics);
        FeatureScale scale = scale(statistics, sparse);
        return new TrainingSet(shape.features(), classes(), measured.shards(), statistics, scale, null);
    }

    /** Returns whether blocks omit zeros. */
    public boolean isSparse(Statistics statistics) {
        return Sparsity.isSparse(Dense.AUTO, statistics.rows(), statistics.nonzeros(), shape.features());
    }

    /**
     * Returns the scale of the model's features.
     *
     * @param statistics the statistics of the training rows
     * @throws org.sparkgrad.job.problem.JobException for a feature that cannot be scaled
     */
    public FeatureScale scale(Statistics statistics, boolean sparse) {
        return EstimatorSettings.scale(params, bounds, statistics, shape.features(), sparse);
    }

    /** Returns the task that trains the model on a set of rows. */
    public TrainingTask task(TrainingSet set) {
        return new TrainingTask(
                set, settings(), EstimatorSettings.optimizer(params), builder.initial(params.initialModel()), bounds);
    }
}
