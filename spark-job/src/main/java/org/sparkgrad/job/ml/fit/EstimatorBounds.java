package org.sparkgrad.job.ml.fit;

import java.util.Arrays;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.optimize.Bounds;

/** Converts MLlib's four bound parameters to {@link Bounds}. */
final class EstimatorBounds {
    private EstimatorBounds() {}

    /**
     * Returns the bounds, or null if none is set.
     *
     * @throws IllegalArgumentException if their shapes are not K x F and K, or if a lower bound is above its upper
     *     bound
     */
    static @Nullable Bounds of(TrainingParams params, int outputs, int features) {
        if (!params.usingBoundConstrainedOptimization()) {
            return null;
        }
        double[] lower = filled(
                params, params.lowerBoundsOnCoefficients(), params.lowerBoundsOnIntercepts(), outputs, features, -1);
        double[] upper = filled(
                params, params.upperBoundsOnCoefficients(), params.upperBoundsOnIntercepts(), outputs, features, 1);
        for (int i = 0; i < lower.length; i++) {
            if (lower[i] > upper[i]) {
                throw new IllegalArgumentException("The lower bound " + lower[i] + " is above the upper bound "
                        + upper[i] + " for " + place(i, features) + ".");
            }
        }
        return new Bounds(lower, upper);
    }

    private static String place(int index, int features) {
        int feature = index % (features + 1);
        String output = " of output " + index / (features + 1);
        return (feature == features ? "the intercept" : "coefficient " + feature) + output;
    }

    private static double[] filled(
            TrainingParams params,
            Param<Matrix> coefficients,
            Param<Vector> intercepts,
            int outputs,
            int features,
            double sign) {
        int row = features + 1;
        double[] bounds = new double[outputs * row];
        Arrays.fill(bounds, sign * Double.POSITIVE_INFINITY);
        if (params.isSet(coefficients)) {
            Matrix matrix = params.getOrDefault(coefficients);
            check(coefficients, matrix.numRows() == outputs && matrix.numCols() == features, outputs, features);
            for (int k = 0; k < outputs; k++) {
                for (int j = 0; j < features; j++) {
                    bounds[k * row + j] = matrix.apply(k, j);
                }
            }
        }
        if (params.isSet(intercepts)) {
            Vector vector = params.getOrDefault(intercepts);
            check(intercepts, vector.size() == outputs, outputs, 1);
            for (int k = 0; k < outputs; k++) {
                bounds[k * row + features] = vector.apply(k);
            }
        }
        return bounds;
    }

    private static void check(Param<?> param, boolean fits, int rows, int columns) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s must have %d x %d values, for outputs and features.".formatted(param.name(), rows, columns));
        }
    }
}
