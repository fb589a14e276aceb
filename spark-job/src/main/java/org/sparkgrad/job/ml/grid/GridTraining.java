package org.sparkgrad.job.ml.grid;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.grid.GridTask;
import org.sparkgrad.job.ml.dataset.DatasetInstances;
import org.sparkgrad.job.ml.dataset.DatasetShape;
import org.sparkgrad.job.ml.dataset.FoldShapes;
import org.sparkgrad.job.ml.dataset.Folds;
import org.sparkgrad.job.ml.fit.FitPlan;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.train.TrainingResult;

/** Trains several models on one copy of the rows of a Dataset, for estimators with equal columns, loss and engine. */
final class GridTraining implements AutoCloseable {
    private final Dataset<?> dataset;
    private final Dataset<?> rows;
    private final Folds folds;
    private final List<TrainingParams> estimators;
    private final TrainingParams columns;
    private final JavaRDD<InternalRow> stored;
    private final FoldShapes shapes;
    private final DatasetShape whole;
    private @Nullable GridBlocks blocks;

    /**
     * Counts the rows.
     *
     * @param dataset the dataset, with label and weight as doubles
     * @param estimators all estimators that may be trained
     * @throws IllegalArgumentException if the rows cannot be trained on
     */
    GridTraining(Dataset<?> dataset, Folds folds, List<TrainingParams> estimators) {
        this.dataset = dataset;
        this.folds = folds;
        this.estimators = estimators;
        this.columns = estimators.get(0);
        this.rows = DatasetInstances.part(dataset, columns, false);
        this.stored = DatasetInstances.rows(rows, columns, folds);
        this.shapes = FoldShapes.of(stored, folds.count());
        this.whole = shapes.without(GridModel.NONE);
        whole.check();
        shapes.check();
    }

    /** Trains models together. */
    List<LogisticRegressionModel> train(List<Candidate> candidates) {
        LogisticRegressionModel[] models = new LogisticRegressionModel[candidates.size()];
        List<Integer> places = new ArrayList<>();
        List<FitPlan> plans = new ArrayList<>();
        List<GridTask> tasks = new ArrayList<>();
        for (int i = 0; i < models.length; i++) {
            TrainingParams params = candidates.get(i).params();
            int leftOut = candidates.get(i).leftOut();
            DatasetShape shape = shapes.without(leftOut);
            if (leftOut != GridModel.NONE && (shape.onlyClass() >= 0 || classes(shape) != classes(whole))) {
                // The remaining rows have too few classes for the loss of the other models.
                models[i] = params.fit(folds.without(dataset, leftOut));
                continue;
            }
            FitPlan plan = FitPlan.of(params, shape, dataset.schema());
            if (plan.isConstant()) {
                models[i] = plan.constantModel(folds.without(rows, leftOut));
            } else {
                places.add(i);
                plans.add(plan);
                tasks.add(blocks(plan).task(plan, leftOut));
            }
        }
        List<TrainingResult> results =
                blocks == null ? List.of() : blocks.session().train(tasks);
        for (int t = 0; t < results.size(); t++) {
            int leftOut = tasks.get(t).leftOut();
            models[places.get(t)] = plans.get(t).model(results.get(t), folds.without(rows, leftOut));
        }
        return List.of(models);
    }

    private GridBlocks blocks(FitPlan plan) {
        if (blocks == null) {
            blocks = GridBlocks.open(
                    dataset.sparkSession(), DatasetInstances.batches(stored), whole, folds, estimators, plan);
        }
        return blocks;
    }

    private int classes(DatasetShape shape) {
        return shape.classes(dataset.schema(), columns.getLabelCol());
    }

    /** Drops the data from the engines. */
    @Override
    public void close() {
        if (blocks != null) {
            blocks.session().close();
        }
    }
}
