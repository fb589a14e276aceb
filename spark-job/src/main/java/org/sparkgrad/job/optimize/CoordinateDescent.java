package org.sparkgrad.job.optimize;

/**
 * Minimises a quadratic model with an L1 penalty, {@code g'd + scale / 2 d'Hd + l1 ||w + d||_1} over steps d, one
 * coordinate after the other: Friedman, Hastie and Tibshirani, Regularization Paths for Generalized Linear Models via
 * Coordinate Descent, 2010. The last coordinate is an intercept without a penalty.
 */
final class CoordinateDescent {
    private static final int MOST_SWEEPS = 200;

    /** A sweep whose change, relative to the first sweep, is below this limit is the last one. */
    private static final double PRECISION = 1e-4;

    private final QuadraticModel model;
    private final double l1;

    CoordinateDescent(QuadraticModel model, double l1) {
        this.model = model;
        this.l1 = l1;
    }

    /**
     * Returns d.
     *
     * @param gradient g, F + 1 numbers; 0 for a coordinate that is fixed
     * @param point w, F + 1 numbers
     * @param scale the factor of H
     */
    double[] step(double[] gradient, double[] point, double scale) {
        int n = point.length;
        double[] step = new double[n];
        double[] product = new double[n]; // H d
        double first = 0;
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            double most = 0;
            for (int j = 0; j < n; j++) {
                double curve = scale * model.get(j, j);
                double at = point[j] + step[j];
                double unpenalised = at - (gradient[j] + scale * product[j]) / curve;
                double threshold = j == n - 1 ? 0 : l1 / curve;
                double change = Math.copySign(Math.max(0, Math.abs(unpenalised) - threshold), unpenalised) - at;
                if (change != 0) {
                    step[j] += change;
                    model.addRow(j, change, product);
                    most = Math.max(most, curve * change * change);
                }
            }
            first = sweep == 0 ? most : first;
            if (most <= PRECISION * PRECISION * first) {
                break;
            }
        }
        return step;
    }
}
