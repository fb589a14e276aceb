package org.sparkgrad.job.optimize;

/**
 * P for uncorrelated features: {@code c (v_j + m_j^2) + l2} on the diagonal, and the means m_j beside the intercept.
 * Here c is the curvature of the loss, and the v_j are variances. If an intercept allows to subtract the means from the
 * features, P is diagonal. It needs no pass over the data.
 */
final class DiagonalPreconditioner implements Preconditioner {
    private final DataProfile data;
    private final double[] diagonal;
    private final boolean fitIntercept;

    DiagonalPreconditioner(DataProfile data, double l2, boolean fitIntercept) {
        this.data = data;
        this.fitIntercept = fitIntercept;
        this.diagonal = new double[data.features()];
        for (int j = 0; j < diagonal.length; j++) {
            double mean = fitIntercept ? 0 : data.mean(j);
            double square = data.deviation(j) * data.deviation(j) + mean * mean;
            diagonal[j] = data.deviation(j) == 0 ? 1 : data.curvature() * square + l2;
        }
    }

    @Override
    public double[] solve(double[] gradient) {
        int features = diagonal.length;
        double[] solved = new double[gradient.length];
        for (int row = 0; row < gradient.length; row += features + 1) {
            double ofIntercept = fitIntercept ? gradient[row + features] : 0;
            double intercept = ofIntercept / data.curvature();
            for (int j = 0; j < features; j++) {
                double mean = fitIntercept ? data.mean(j) : 0;
                solved[row + j] = (gradient[row + j] - mean * ofIntercept) / diagonal[j];
                intercept -= mean * solved[row + j];
            }
            solved[row + features] = fitIntercept ? intercept : 0;
        }
        return solved;
    }
}
