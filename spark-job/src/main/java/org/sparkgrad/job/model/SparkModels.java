package org.sparkgrad.job.model;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.Identifiable;
import org.sparkgrad.gpu.block.Coefficients;

/** Creates stock Spark models from coefficients over original features. */
public final class SparkModels {
    private static final double HALF = 0.5;

    private SparkModels() {}

    /**
     * Returns a sentence about the thresholds of a model, for formats that contain only probabilities; empty for
     * default thresholds.
     */
    public static Optional<String> leftOut(LogisticRegressionModel model) {
        String set = model.isSet(model.thresholds())
                ? "thresholds " + Arrays.toString(model.getThresholds()) + " are"
                : "threshold " + model.getThreshold() + " is";
        boolean usual = !model.isSet(model.thresholds()) && (model.numClasses() > 2 || model.getThreshold() == HALF);
        return usual
                ? Optional.empty()
                : Optional.of("the model's " + set + " left out: the output is probabilities alone");
    }

    /**
     * Returns the stock model: binomial for one output, multinomial for K.
     *
     * @param coefficients K x (F + 1) over original features
     */
    public static LogisticRegressionModel of(Coefficients coefficients) {
        int outputs = coefficients.outputs();
        int features = coefficients.features();
        double[] matrix = new double[outputs * features];
        double[] intercepts = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            System.arraycopy(coefficients.values(), k * (features + 1), matrix, k * features, features);
            intercepts[k] = coefficients.intercept(k);
        }
        return new LogisticRegressionModel(
                Identifiable.randomUID("sparkgrad"),
                new DenseMatrix(outputs, features, matrix, true),
                Vectors.dense(intercepts),
                Math.max(2, outputs),
                outputs > 1);
    }
}
