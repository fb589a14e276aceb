package org.sparkgrad.job.ml;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.GridSession;
import org.sparkgrad.job.Trained;
import org.sparkgrad.job.TrainingSet;
import org.sparkgrad.job.TrainingTask;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.optimize.Bounds;

/**
 * Rows of a Dataset, counted, shuffled and in blocks on engines, for any number of fits of one {@link RowsKey}. Fits may
 * run at the same time: the first counts and shuffles while the others wait, and engines make one pass at a time. Each fit
 * has the bits that it has alone.
 */
final class ResidentRows {
    private final JavaRDD<InternalRow> stored;
    private final Dataset<?> rows;
    private final long seed;
    private @Nullable CountedRows counted;
    private @Nullable TrainingSet set;
    private @Nullable GridSession session;

    /** @param dataset label and weight as doubles, features as vectors */
    ResidentRows(Dataset<?> dataset, GpuLogisticRegression params) {
        this.rows = DatasetInstances.part(dataset, params, false);
        this.stored = DatasetInstances.rows(rows, params, Folds.NONE);
        this.seed = EstimatorSettings.optimizer(params).seed();
    }

    /** Trains one estimator of the rows' key. */
    LogisticRegressionModel fit(Dataset<?> dataset, GpuLogisticRegression params) {
        DatasetShape counted = counted().shape();
        int classes = counted.classes(dataset.schema(), params.getLabelCol());
        EstimatorModel maker = new EstimatorModel(params, counted, classes);
        maker.check();
        Bounds bounds = EstimatorBounds.of(params, maker.outputs(), counted.features());
        if (params.getFitIntercept() && counted.onlyClass() >= 0 && bounds == null) {
            return maker.constant(rows);
        }
        return maker.of(train(params, maker, bounds), rows);
    }

    private synchronized CountedRows counted() {
        if (counted == null) {
            CountedRows all = CountedRows.of(stored, seed);
            all.shape().check();
            counted = all;
        }
        return counted;
    }

    private Trained train(GpuLogisticRegression params, EstimatorModel maker, @Nullable Bounds bounds) {
        ModelSettings model = EstimatorSettings.model(params, maker.multinomial());
        TrainingSet shared = set(params, maker, bounds);
        TrainingTask task = new TrainingTask(
                shared, model, EstimatorSettings.optimizer(params), maker.initial(params.initialModel()), bounds);
        return session(params, shared, model).train(task);
    }

    private synchronized TrainingSet set(GpuLogisticRegression params, EstimatorModel maker, @Nullable Bounds bounds) {
        if (set == null) {
            set = DatasetTraining.set(params, counted(), maker, bounds);
        }
        return set;
    }

    private synchronized GridSession session(GpuLogisticRegression params, TrainingSet shared, ModelSettings model) {
        if (session == null) {
            session = GridSession.shared(
                    rows.sparkSession(),
                    shared,
                    model.loss(),
                    EstimatorSettings.engine(params),
                    EstimatorSettings.optimizer(params),
                    params.progress());
        }
        return session;
    }

    /** Closes the engines and drops the blocks; no fit may run. */
    synchronized void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
