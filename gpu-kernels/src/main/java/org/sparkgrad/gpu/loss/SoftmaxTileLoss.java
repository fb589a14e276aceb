package org.sparkgrad.gpu.loss;

import java.util.Arrays;

/** {@link SoftmaxLoss} over tiles. */
final class SoftmaxTileLoss extends FastTileLoss {
    private final double[] ofLabel;
    private final double[][] exps;

    SoftmaxTileLoss(Loss loss, int maxRows) {
        super(loss, maxRows);
        this.ofLabel = new double[maxRows];
        this.exps = new double[loss.outputs()][maxRows];
    }

    @Override
    boolean others(double[][] margins, int rows, float[] labels, int start) {
        for (int r = 0; r < rows; r++) {
            ofLabel[r] = margins[(int) labels[start + r]][r];
        }
        for (int k = 0; k < exps.length; k++) {
            subtract(margins[k], ofLabel, exps[k], rows);
        }
        boolean near = FastMath.exp(exps, rows, others);
        for (int r = 0; r < rows; r++) {
            // The label's own gap is 0, so its exp is 1, or NaN where a margin is NaN.
            exps[(int) labels[start + r]][r] -= 1;
        }
        Arrays.fill(others, 0, rows, 0);
        for (double[] ofOutput : exps) {
            add(others, ofOutput, rows);
        }
        return near;
    }

    @Override
    void finish(double[][] margins, int rows, float[] labels, double[] weights, int start, LogSum sum) {
        for (int k = 0; k < exps.length; k++) {
            multiply(exps[k], scales, margins[k], rows);
        }
        for (int r = 0; r < rows; r++) {
            margins[(int) labels[start + r]][r] = -scales[r] * others[r];
        }
        sum.add(weights, start, others, rows);
    }

    private static void subtract(double[] from, double[] what, double[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from[i] - what[i];
        }
    }

    private static void add(double[] to, double[] what, int count) {
        for (int i = 0; i < count; i++) {
            to[i] += what[i];
        }
    }

    private static void multiply(double[] one, double[] other, double[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = one[i] * other[i];
        }
    }
}
