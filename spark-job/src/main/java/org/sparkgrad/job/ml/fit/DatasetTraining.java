package org.sparkgrad.job.ml.fit;

import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.ml.dataset.DatasetInstances;
import org.sparkgrad.job.ml.dataset.Folds;
import org.sparkgrad.job.ml.dataset.ScannedRows;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.run.Trainer;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.train.TrainingResult;
import org.sparkgrad.job.train.TrainingSet;

/** Trains one model on the rows of a Dataset, which are read for this model only. */
public final class DatasetTraining {
    private DatasetTraining() {}

    /**
     * Trains a model.
     *
     * @param dataset the dataset, with label and weight as doubles and features as vectors
     * @param progress receives the steps
     */
    public static LogisticRegressionModel train(Dataset<?> dataset, TrainingParams params, Progress progress) {
        Dataset<?> rows = DatasetInstances.part(dataset, params, false);
        long seed = EstimatorSettings.optimizer(params).seed();
        try (ScannedRows scanned = ScannedRows.packed(DatasetInstances.rows(rows, params, Folds.NONE), seed)) {
            scanned.shape().check();
            FitPlan plan = FitPlan.of(params, scanned.shape(), dataset.schema());
            if (plan.isConstant()) {
                return plan.constantModel(rows);
            }
            TrainingSet set = plan.measure(scanned);
            TrainingResult result = Trainer.fit(
                    dataset.sparkSession(),
                    plan.task(set.withValidation(validation(dataset, params, set, seed))),
                    EstimatorSettings.engine(params),
                    params.find(params.checkpointDir()),
                    progress);
            return plan.model(result, rows);
        }
    }

    private static @Nullable Shards validation(Dataset<?> dataset, TrainingParams params, TrainingSet set, long seed) {
        if (params.find(params.validationIndicatorCol()) == null) {
            return null;
        }
        Dataset<?> rows = DatasetInstances.part(dataset, params, true);
        return Shards.shuffle(
                        DatasetInstances.batches(DatasetInstances.rows(rows, params, Folds.NONE)),
                        set.features(),
                        set.rows().count(),
                        seed)
                .keep(true);
    }
}
