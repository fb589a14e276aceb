package org.sparkgrad.job.ml;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.Trained;
import org.sparkgrad.job.Trainer;
import org.sparkgrad.job.TrainingSet;
import org.sparkgrad.job.TrainingTask;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.optimize.Bounds;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.MeasuredShards;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.shard.Sparsity;
import org.sparkgrad.job.shard.Statistics;

/** The way of a Dataset to a model, for one estimator. */
final class DatasetTraining {
    private final GpuLogisticRegression params;
    private final @Nullable LogisticRegressionModel initialModel;

    DatasetTraining(GpuLogisticRegression params, @Nullable LogisticRegressionModel initialModel) {
        this.params = params;
        this.initialModel = initialModel;
    }

    LogisticRegressionModel train(Dataset<?> dataset, Progress progress) {
        Dataset<?> rows = DatasetInstances.part(dataset, params, false);
        JavaRDD<InternalRow> stored = DatasetInstances.rows(rows, params, Folds.NONE);
        long seed = EstimatorSettings.optimizer(params).seed();
        try (CountedRows counted = CountedRows.packed(stored, seed)) {
            return train(dataset, rows, counted, progress);
        }
    }

    private LogisticRegressionModel train(Dataset<?> dataset, Dataset<?> rows, CountedRows counted, Progress progress) {
        DatasetShape shape = counted.shape();
        shape.check();
        EstimatorModel estimator =
                new EstimatorModel(params, shape, shape.classes(dataset.schema(), params.getLabelCol()));
        estimator.check();
        Bounds bounds = EstimatorBounds.of(params, estimator.outputs(), shape.features());
        if (params.getFitIntercept() && shape.onlyClass() >= 0 && bounds == null) {
            return estimator.constant(rows);
        }
        TrainingTask task = task(dataset, counted, estimator, bounds);
        Trained trained = Trainer.fit(
                dataset.sparkSession(),
                task,
                EstimatorSettings.engine(params),
                params.find(params.checkpointDir()),
                progress);
        return estimator.of(trained, rows);
    }

    private TrainingTask task(
            Dataset<?> dataset, CountedRows counted, EstimatorModel estimator, @Nullable Bounds bounds) {
        ModelSettings model = EstimatorSettings.model(params, estimator.multinomial());
        OptimizerSettings optimizer = EstimatorSettings.optimizer(params);
        TrainingSet set = set(params, counted, estimator, bounds);
        Shards validation = params.find(params.validationIndicatorCol()) == null
                ? null
                : Shards.shuffle(heldOut(dataset), set.features(), set.rows().count(), optimizer.seed())
                        .keep(true);
        Coefficients initial = estimator.initial(initialModel);
        return new TrainingTask(set.withValidation(validation), model, optimizer, initial, bounds);
    }

    /** Shuffles the rows that are trained on, and measures them. */
    static TrainingSet set(
            GpuLogisticRegression params, CountedRows counted, EstimatorModel estimator, @Nullable Bounds bounds) {
        int features = counted.shape().features();
        Shards rows = counted.shards(EstimatorSettings.shards(params, counted.shape()));
        MeasuredShards measured = MeasuredShards.of(rows, estimator.classes(), 1);
        Statistics statistics = measured.statistics().all();
        boolean sparse = Sparsity.isSparse(Dense.AUTO, statistics.rows(), statistics.nonzeros(), features);
        FeatureScale scale = EstimatorSettings.scale(params, bounds, statistics, features, sparse);
        return new TrainingSet(features, estimator.classes(), measured.shards(), statistics, scale, null);
    }

    private JavaRDD<Instance> heldOut(Dataset<?> dataset) {
        Dataset<?> rows = DatasetInstances.part(dataset, params, true);
        return DatasetInstances.of(DatasetInstances.rows(rows, params, Folds.NONE));
    }
}
