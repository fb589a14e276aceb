package org.sparkgrad.job.ml.fit;

import java.util.Locale;
import org.apache.spark.ml.classification.BinaryLogisticRegressionTrainingSummaryImpl;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.LogisticRegressionTrainingSummary;
import org.apache.spark.ml.classification.LogisticRegressionTrainingSummaryImpl;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.ml.dataset.DatasetShape;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.train.TrainingResult;
import scala.Option;

/** Builds the stock model of an estimator from coefficients, with the training summary of MLlib. */
final class StockModelBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(StockModelBuilder.class);

    private final TrainingParams params;
    private final DatasetShape shape;
    private final int classes;

    /** @param classes the number of classes, from the label's metadata or the largest label */
    StockModelBuilder(TrainingParams params, DatasetShape shape, int classes) {
        this.params = params;
        this.shape = shape;
        this.classes = classes;
    }

    /**
     * Checks the parameters that depend on the classes.
     *
     * @throws IllegalArgumentException for a binomial family with more than two classes, or for a wrong number of
     *     thresholds
     */
    void check() {
        if (family().equals("binomial") && classes > 2) {
            throw new IllegalArgumentException(
                    "Binomial family only supports 1 or 2 outcome classes but found " + classes + ".");
        }
        if (params.isDefined(params.thresholds()) && params.getThresholds().length != classes) {
            throw new IllegalArgumentException(
                    "There are %d thresholds for %d classes.".formatted(params.getThresholds().length, classes));
        }
    }

    /** Returns whether there is one output per class. */
    boolean multinomial() {
        return family().equals("multinomial") || (family().equals("auto") && classes > 2);
    }

    /** Returns K. */
    int outputs() {
        return multinomial() ? classes : 1;
    }

    /** Returns the number of classes of the loss, at least two for a single output. */
    int classes() {
        return multinomial() ? classes : 2;
    }

    private String family() {
        return params.getFamily().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the initial coefficients, or null if there is no initial model. A model of another shape gives null and a
     * warning.
     */
    @Nullable
    Coefficients initial(@Nullable LogisticRegressionModel model) {
        if (model == null) {
            return null;
        }
        Matrix matrix = model.coefficientMatrix();
        if (matrix.numRows() != outputs()
                || matrix.numCols() != shape.features()
                || model.getFitIntercept() != params.getFitIntercept()) {
            LOG.warn(
                    "the initial model is ignored: it has {} x {} coefficients and {} intercept, not {} x {} and {}",
                    matrix.numRows(),
                    matrix.numCols(),
                    model.getFitIntercept() ? "an" : "no",
                    outputs(),
                    shape.features(),
                    params.getFitIntercept() ? "one" : "none");
            return null;
        }
        Coefficients initial = Coefficients.zeros(outputs(), shape.features());
        int row = shape.features() + 1;
        for (int k = 0; k < outputs(); k++) {
            for (int j = 0; j < shape.features(); j++) {
                initial.values()[k * row + j] = matrix.apply(k, j);
            }
            initial.values()[k * row + row - 1] = model.interceptVector().apply(k);
        }
        return initial;
    }

    /** Returns MLlib's model for a single class: coefficients 0 and an infinite intercept. */
    LogisticRegressionModel constant(Dataset<?> dataset) {
        LOG.warn("all rows have the label {}: the model says nothing else", shape.onlyClass());
        double[] intercepts = new double[outputs()];
        if (multinomial()) {
            intercepts[shape.onlyClass()] = Double.POSITIVE_INFINITY;
        } else {
            intercepts[0] =
                    classes == 2 && shape.onlyClass() == 1 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        return model(new double[outputs() * shape.features()], intercepts, new double[] {0}, dataset);
    }

    /** Returns the model for a training's result. */
    LogisticRegressionModel of(TrainingResult trained, Dataset<?> dataset) {
        Coefficients coefficients = trained.coefficients();
        int features = coefficients.features();
        double[] matrix = new double[outputs() * features];
        double[] intercepts = new double[outputs()];
        for (int k = 0; k < outputs(); k++) {
            System.arraycopy(coefficients.values(), k * (features + 1), matrix, k * features, features);
            intercepts[k] = coefficients.intercept(k);
        }
        double[] history =
                trained.history().stream().mapToDouble(Double::doubleValue).toArray();
        return model(matrix, intercepts, history, dataset);
    }

    private LogisticRegressionModel model(double[] matrix, double[] intercepts, double[] history, Dataset<?> dataset) {
        Matrix coefficients = new DenseMatrix(outputs(), shape.features(), matrix, true).compressed();
        Vector vector = Vectors.dense(intercepts).compressed();
        LogisticRegressionModel model = params.copyValues(
                new LogisticRegressionModel(params.uid(), coefficients, vector, Math.max(classes, 1), multinomial()),
                org.apache.spark.ml.param.ParamMap.empty());
        model.setSummary(Option.apply(summary(model, history, dataset)));
        return model;
    }

    private LogisticRegressionTrainingSummary summary(
            LogisticRegressionModel model, double[] history, Dataset<?> dataset) {
        var scorer = model.findSummaryModel();
        Dataset<Row> scored = scorer._1().transform(dataset);
        String weight = params.isDefined(params.weightCol()) ? params.getWeightCol() : "weightCol";
        return classes <= 2
                ? new BinaryLogisticRegressionTrainingSummaryImpl(
                        scored,
                        scorer._2(),
                        scorer._3(),
                        params.getLabelCol(),
                        params.getFeaturesCol(),
                        weight,
                        history)
                : new LogisticRegressionTrainingSummaryImpl(
                        scored,
                        scorer._2(),
                        scorer._3(),
                        params.getLabelCol(),
                        params.getFeaturesCol(),
                        weight,
                        history);
    }
}
