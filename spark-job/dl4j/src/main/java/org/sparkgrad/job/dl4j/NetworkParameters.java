package org.sparkgrad.job.dl4j;

import java.util.Arrays;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.Identifiable;

/**
 * Converts a layer's parameters, one flat vector in DL4J: the weights, F x K in column order, which equal the K rows of
 * F coefficients, then K intercepts if the layer has them.
 */
final class NetworkParameters {
    private NetworkParameters() {}

    /**
     * Returns the coefficients of a model as parameters.
     *
     * @param intercepts whether the layer has intercepts
     */
    static double[] of(LogisticRegressionModel model, boolean intercepts) {
        Matrix coefficients = model.coefficientMatrix();
        int outputs = coefficients.numRows();
        int features = coefficients.numCols();
        double[] parameters = new double[outputs * (intercepts ? features + 1 : features)];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < features; j++) {
                parameters[k * features + j] = coefficients.apply(k, j);
            }
            if (intercepts) {
                parameters[outputs * features + k] = model.interceptVector().apply(k);
            }
        }
        return parameters;
    }

    /**
     * Returns the parameters as a model.
     *
     * @param features F
     * @param outputs K
     * @param intercepts whether the layer has intercepts
     */
    static LogisticRegressionModel model(double[] parameters, int features, int outputs, boolean intercepts) {
        double[] coefficients = Arrays.copyOf(parameters, outputs * features);
        Vector vector = intercepts
                ? Vectors.dense(Arrays.copyOfRange(parameters, outputs * features, outputs * (features + 1)))
                : Vectors.zeros(outputs);
        LogisticRegressionModel model = new LogisticRegressionModel(
                Identifiable.randomUID("dl4j"),
                new DenseMatrix(outputs, features, coefficients, true),
                vector,
                Math.max(2, outputs),
                outputs > 1);
        model.set(model.fitIntercept(), intercepts);
        return model;
    }
}
