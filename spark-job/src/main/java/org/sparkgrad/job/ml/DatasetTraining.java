package org.sparkgrad.job.ml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.util.MetadataUtils$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.GridTask;
import org.sparkgrad.job.Trained;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.optimize.Bounds;
import org.sparkgrad.job.report.Progress;

/** The way of a Dataset to models, for estimators that agree on columns, loss and engine. */
final class DatasetTraining implements AutoCloseable {
    private final Dataset<?> dataset;
    private final Dataset<?> rows;
    private final Folds folds;
    private final List<GpuLogisticRegression> estimators;
    private final GpuLogisticRegression columns;
    private final JavaRDD<Instance> instances;
    private final FoldShapes shapes;
    private final DatasetShape whole;
    private @Nullable DatasetBlocks blocks;

    /**
     * Counts the rows.
     *
     * @param dataset label and weight as doubles
     * @param estimators all that may be trained here
     * @throws IllegalArgumentException if there is nothing to learn from
     */
    DatasetTraining(Dataset<?> dataset, Folds folds, List<GpuLogisticRegression> estimators) {
        this.dataset = dataset;
        this.folds = folds;
        this.estimators = estimators;
        this.columns = estimators.get(0);
        this.rows = part(false);
        this.instances = DatasetInstances.of(rows, columns, folds);
        this.shapes = FoldShapes.of(instances, folds.count());
        this.whole = shapes.without(GridModel.NONE);
        whole.check();
        shapes.check();
    }

    /** Trains models, together where there are several. */
    List<LogisticRegressionModel> train(List<Candidate> candidates) {
        LogisticRegressionModel[] models = new LogisticRegressionModel[candidates.size()];
        List<Integer> places = new ArrayList<>();
        List<EstimatorModel> makers = new ArrayList<>();
        List<GridTask> tasks = new ArrayList<>();
        for (int i = 0; i < models.length; i++) {
            GpuLogisticRegression params = candidates.get(i).params();
            int leftOut = candidates.get(i).leftOut();
            DatasetShape shape = shapes.without(leftOut);
            if (leftOut != GridModel.NONE && (shape.onlyClass() >= 0 || classes(shape) != classes(whole))) {
                // What is left has too few classes for the loss that the others share.
                models[i] = params.fit(folds.without(dataset, leftOut));
                continue;
            }
            EstimatorModel maker = new EstimatorModel(params, shape, classes(shape));
            maker.check();
            Bounds bounds = EstimatorBounds.of(params, maker.outputs(), shape.features());
            if (params.getFitIntercept() && shape.onlyClass() >= 0 && bounds == null) {
                models[i] = maker.constant(folds.without(rows, leftOut));
            } else {
                places.add(i);
                makers.add(maker);
                tasks.add(blocks(maker).task(params, maker, bounds, leftOut));
            }
        }
        List<Trained> trained = tasks.isEmpty() ? List.of() : trainOn(tasks);
        for (int t = 0; t < trained.size(); t++) {
            int leftOut = tasks.get(t).leftOut();
            models[places.get(t)] = makers.get(t).of(trained.get(t), folds.without(rows, leftOut));
        }
        return List.of(models);
    }

    private synchronized DatasetBlocks opened() {
        return java.util.Objects.requireNonNull(blocks);
    }

    private List<Trained> trainOn(List<GridTask> tasks) {
        DatasetBlocks open = opened();
        return estimators.size() == 1 && folds.count() == 1
                ? List.of(open.session().train(tasks.get(0).task(), Progress.SILENT))
                : open.session().train(tasks);
    }

    private synchronized DatasetBlocks blocks(EstimatorModel maker) {
        if (blocks == null) {
            JavaRDD<Instance> validation = columns.find(columns.validationIndicatorCol()) == null
                    ? null
                    : DatasetInstances.of(part(true), columns, folds);
            blocks = DatasetBlocks.open(dataset.sparkSession(), instances, whole, folds, estimators, maker, validation);
        }
        return blocks;
    }

    private Dataset<?> part(boolean validation) {
        String column = columns.find(columns.validationIndicatorCol());
        if (column == null) {
            return dataset;
        }
        return dataset.filter(validation ? functions.col(column) : functions.not(functions.col(column)));
    }

    private int classes(DatasetShape shape) {
        var known = MetadataUtils$.MODULE$.getNumClasses(dataset.schema().apply(columns.getLabelCol()));
        if (known.isEmpty()) {
            return shape.classes();
        }
        int classes = (int) known.get();
        if (classes < shape.classes()) {
            throw new IllegalArgumentException("The label column " + columns.getLabelCol() + " is said to have "
                    + classes + " classes and has the label " + (shape.classes() - 1) + ".");
        }
        return classes;
    }

    /** Drops the data from the engines. */
    @Override
    public synchronized void close() {
        if (blocks != null) {
            blocks.session().close();
        }
    }
}
