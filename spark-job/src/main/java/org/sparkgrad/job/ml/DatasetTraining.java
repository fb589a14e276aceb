package org.sparkgrad.job.ml;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.util.MetadataUtils$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.Trained;
import org.sparkgrad.job.Trainer;
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
import org.sparkgrad.job.shard.ShardCount;
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
        Dataset<?> rows = part(dataset, false);
        JavaRDD<Instance> instances = DatasetInstances.of(rows, params);
        DatasetShape shape = DatasetShape.of(instances);
        shape.check();
        EstimatorModel estimator = new EstimatorModel(params, shape, classes(dataset, shape));
        estimator.check();
        Bounds bounds = EstimatorBounds.of(params, estimator.outputs(), shape.features());
        if (params.getFitIntercept() && shape.onlyClass() >= 0 && bounds == null) {
            return estimator.constant(rows);
        }
        TrainingTask task = task(dataset, instances, shape, estimator, bounds);
        Trained trained = Trainer.fit(
                dataset.sparkSession(),
                task,
                EstimatorSettings.engine(params),
                params.find(params.checkpointDir()),
                progress);
        return estimator.of(trained, rows);
    }

    private Dataset<?> part(Dataset<?> dataset, boolean validation) {
        String column = params.find(params.validationIndicatorCol());
        if (column == null) {
            return dataset;
        }
        return dataset.filter(validation ? functions.col(column) : functions.not(functions.col(column)));
    }

    private int classes(Dataset<?> dataset, DatasetShape shape) {
        var known = MetadataUtils$.MODULE$.getNumClasses(dataset.schema().apply(params.getLabelCol()));
        if (known.isEmpty()) {
            return shape.classes();
        }
        int classes = (int) known.get();
        if (classes < shape.classes()) {
            throw new IllegalArgumentException("The label column " + params.getLabelCol() + " is said to have "
                    + classes + " classes and has the label " + (shape.classes() - 1) + ".");
        }
        return classes;
    }

    private TrainingTask task(
            Dataset<?> dataset,
            JavaRDD<Instance> instances,
            DatasetShape shape,
            EstimatorModel estimator,
            @Nullable Bounds bounds) {
        ModelSettings model = EstimatorSettings.model(params, estimator.multinomial());
        OptimizerSettings optimizer = EstimatorSettings.optimizer(params);
        int features = shape.features();
        int shards = shards(shape, optimizer);
        Shards training = Shards.shuffle(instances, features, shards, optimizer.seed());
        Statistics statistics = training.statistics(estimator.classes());
        boolean shifts = params.getFitIntercept() && (bounds == null || !bounds.holdIntercepts(features));
        FeatureScale raw = FeatureScale.of(
                statistics,
                features,
                params.getStandardization(),
                shifts,
                Sparsity.isSparse(Dense.AUTO, statistics.rows(), statistics.nonzeros(), features));
        FeatureScale scale = shifts && Optimizers.centres(optimizer) ? raw.centred(statistics) : raw;
        Shards validation = params.find(params.validationIndicatorCol()) == null
                ? null
                : Shards.shuffle(DatasetInstances.of(part(dataset, true), params), features, shards, optimizer.seed())
                        .keep(true);
        Coefficients initial = estimator.initial(initialModel);
        TrainingSet set = new TrainingSet(features, estimator.classes(), training, statistics, scale, validation);
        return new TrainingTask(set, model, optimizer, initial, bounds);
    }

    private int shards(DatasetShape shape, OptimizerSettings optimizer) {
        EngineSettings engine = EstimatorSettings.engine(params);
        if (engine.shards() != null) {
            return engine.shards();
        }
        Long batchSize = Optimizers.isMiniBatch(optimizer) ? Optimizers.batchSize(optimizer, shape.rows()) : null;
        return ShardCount.of(shape.size(), engine.precision(), batchSize);
    }
}
