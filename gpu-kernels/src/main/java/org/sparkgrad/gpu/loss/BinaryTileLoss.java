package org.sparkgrad.gpu.loss;

/**
 * {@link LogisticLoss} and {@link SquaredErrorLoss} over tiles: u is exp of the margin towards the wrong class. Labels
 * become signs, not branches, which the processor could not predict.
 */
final class BinaryTileLoss extends FastTileLoss {
    private final boolean squared;
    private final double[] signs;
    private final double[][] gaps = {others};

    BinaryTileLoss(Loss loss, int maxRows) {
        super(loss, maxRows);
        this.squared = loss instanceof SquaredErrorLoss;
        this.signs = new double[maxRows];
    }

    @Override
    boolean others(double[][] margins, int rows, float[] labels, int start) {
        double[] z = margins[0];
        for (int r = 0; r < rows; r++) {
            signs[r] = 1 - 2 * labels[start + r];
            others[r] = signs[r] * z[r];
        }
        return FastMath.exp(gaps, rows, scales);
    }

    @Override
    void finish(double[][] margins, int rows, float[] labels, double[] weights, int start, LogSum sum) {
        double[] m = margins[0];
        if (squared) {
            for (int r = 0; r < rows; r++) {
                double miss = others[r] / (1 + others[r]);
                m[r] = signs[r] * scales[r] * (miss * miss);
                sum.add(weights[start + r] * (miss * miss) / 2);
            }
        } else {
            for (int r = 0; r < rows; r++) {
                m[r] = signs[r] * scales[r] * others[r];
            }
            sum.add(weights, start, others, rows);
        }
    }
}
