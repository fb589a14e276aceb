package org.sparkgrad.job.ml.fit;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.grid.GridSession;
import org.sparkgrad.job.ml.dataset.DatasetInstances;
import org.sparkgrad.job.ml.dataset.Folds;
import org.sparkgrad.job.ml.dataset.ScannedRows;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.train.TrainingSet;

/**
 * Rows of a Dataset, counted, shuffled and in blocks on engines, for any number of fits with one {@link RowsKey}. Fits
 * may run at the same time: the first fit counts and shuffles while the others wait, and engines make one pass at a
 * time. Each fit has the same bits as a fit alone.
 */
public final class ResidentRows {
    private final JavaRDD<InternalRow> stored;
    private final Dataset<?> rows;
    private final long seed;
    private @Nullable ScannedRows scanned;
    private @Nullable TrainingSet set;
    private @Nullable GridSession session;

    /** @param dataset the dataset, with label and weight as doubles and features as vectors */
    public ResidentRows(Dataset<?> dataset, TrainingParams params) {
        this.rows = DatasetInstances.part(dataset, params, false);
        this.stored = DatasetInstances.rows(rows, params, Folds.NONE);
        this.seed = EstimatorSettings.optimizer(params).seed();
    }

    /** Trains an estimator with the key of the rows. */
    public LogisticRegressionModel fit(Dataset<?> dataset, TrainingParams params) {
        FitPlan plan = FitPlan.of(params, scanned().shape(), dataset.schema());
        if (plan.isConstant()) {
            return plan.constantModel(rows);
        }
        TrainingSet shared = set(plan);
        return plan.model(session(params, plan, shared).train(plan.task(shared)), rows);
    }

    private synchronized ScannedRows scanned() {
        if (scanned == null) {
            ScannedRows all = ScannedRows.of(stored, seed);
            all.shape().check();
            scanned = all;
        }
        return scanned;
    }

    private synchronized TrainingSet set(FitPlan plan) {
        if (set == null) {
            set = plan.measure(scanned());
        }
        return set;
    }

    private synchronized GridSession session(TrainingParams params, FitPlan plan, TrainingSet shared) {
        if (session == null) {
            session = GridSession.shared(
                    rows.sparkSession(),
                    shared,
                    plan.settings().loss(),
                    EstimatorSettings.engine(params),
                    EstimatorSettings.optimizer(params),
                    FitLog.of(params));
        }
        return session;
    }

    /** Closes the engines and drops the blocks; no fit may be running. */
    synchronized void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
