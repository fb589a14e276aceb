package org.sparkgrad.job.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * A problem's gradient by coefficients of features of deviation 1, and mean 0 where a free intercept takes the shift, in
 * plain double loops: with an L1 penalty the subgradient of least norm, with bounds the projected one.
 */
final class Stationarity {
    private static final int FEATURES = LearningProblem.FEATURES;

    private final LearningProblem problem;
    private final List<Row> rows;
    private final double[] mean = new double[FEATURES];
    private final double[] deviation = new double[FEATURES];
    private double weightSum;

    Stationarity(LearningProblem problem, List<Row> rows) {
        this.problem = problem;
        this.rows = rows;
        rows.forEach(row -> weightSum += row.getDouble(1));
        for (int j = 0; j < FEATURES; j++) {
            int feature = j;
            deviation[j] = LearningProblem.deviation(rows, j);
            mean[j] = problem.intercept() && !problem.holdsIntercepts()
                    ? rows.stream()
                                    .mapToDouble(row -> row.getDouble(1)
                                            * row.<Vector>getAs(2).apply(feature))
                                    .sum()
                            / weightSum
                    : 0;
        }
    }

    /** Returns the norm of a model's gradient over that of the model of zeros. */
    double certificate(LogisticRegressionModel model) {
        double[][] coefficients = new double[problem.outputs()][FEATURES + 1];
        double[][] zeros = new double[problem.outputs()][FEATURES + 1];
        for (int k = 0; k < coefficients.length; k++) {
            for (int j = 0; j < FEATURES; j++) {
                coefficients[k][j] = model.coefficientMatrix().apply(k, j);
            }
            coefficients[k][FEATURES] = model.interceptVector().apply(k);
        }
        return norm(coefficients) / norm(zeros);
    }

    private double norm(double[][] coefficients) {
        double[][] gradient = gradient(coefficients);
        double squares = 0;
        for (int k = 0; k < gradient.length; k++) {
            for (int j = 0; j < FEATURES; j++) {
                double g = deviation[j] == 0 ? 0 : stationary(k, j, coefficients[k][j] * deviation[j], gradient[k][j]);
                squares += g * g;
            }
            if (problem.intercept()) {
                double g = gradient[k][FEATURES];
                double upper = problem.holdsIntercepts() ? 0.1 * (k + 1) : Double.POSITIVE_INFINITY;
                double projected = Math.max(coefficients[k][FEATURES] - upper, g);
                squares += projected * projected;
            }
        }
        return Math.sqrt(squares);
    }

    /** @param at the coefficient of the feature of deviation 1, with the loss's gradient there */
    private double stationary(int k, int j, double at, double ofLoss) {
        double unit = problem.standardization() ? 1 : deviation[j];
        double l1 = problem.penalty().regParam * problem.penalty().elasticNetParam / unit;
        double l2 = problem.penalty().regParam * (1 - problem.penalty().elasticNetParam) / (unit * unit);
        double g = ofLoss + l2 * at;
        g = at == 0 ? Math.copySign(Math.max(0, Math.abs(g) - l1), g) : g + Math.copySign(l1, at);
        if (!problem.bounds()) {
            return g;
        }
        return Math.max(at - problem.upper(k, j) * deviation[j], Math.min(at - problem.lower(k, j) * deviation[j], g));
    }

    private double[][] gradient(double[][] coefficients) {
        double[][] gradient = new double[coefficients.length][FEATURES + 1];
        for (Row row : rows) {
            double[] x = row.<Vector>getAs(2).toArray();
            double[] multipliers = multipliers(coefficients, x, (int) row.getDouble(0));
            for (int k = 0; k < gradient.length; k++) {
                double share = row.getDouble(1) / weightSum * multipliers[k];
                for (int j = 0; j < FEATURES; j++) {
                    gradient[k][j] += deviation[j] == 0 ? 0 : share * (x[j] - mean[j]) / deviation[j];
                }
                gradient[k][FEATURES] += share;
            }
        }
        return gradient;
    }

    private static double[] multipliers(double[][] coefficients, double[] x, int label) {
        double[] margins = new double[coefficients.length];
        for (int k = 0; k < margins.length; k++) {
            margins[k] = coefficients[k][FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                margins[k] += coefficients[k][j] * x[j];
            }
        }
        if (margins.length == 1) {
            return new double[] {1 / (1 + Math.exp(-margins[0])) - label};
        }
        double most = Arrays.stream(margins).max().orElseThrow();
        double sum =
                Arrays.stream(margins).map(margin -> Math.exp(margin - most)).sum();
        double[] multipliers = Arrays.stream(margins)
                .map(margin -> Math.exp(margin - most) / sum)
                .toArray();
        multipliers[label] -= 1;
        return multipliers;
    }
}
