package org.sparkgrad.gpu.loss;

/**
 * Computes the losses of a tile with the exponentials of all margins at once and one logarithm for many rows. {@link Loss}
 * is the definition; tiles with a row whose exponentials would overflow are computed by it, row by row. Loops run over the
 * rows of one output: such long loops the just-in-time compiler turns into vector instructions.
 *
 * <p>With x_k = z_k - z_y, the gap to the label's margin, and u = the sum of exp(x_k) over the other outputs: the loss
 * is log(1 + u), p_k = exp(x_k) / (1 + u), 1 - p_y = u / (1 + u). No term cancels, and no maximum is needed.
 */
abstract class FastTileLoss implements TileLoss {
    /** u of each row. */
    final double[] others;
    /** weight / (1 + u) of each row. */
    final double[] scales;

    private final Loss loss;
    private final double[] row;
    private final LogSum lossSum = new LogSum();

    FastTileLoss(Loss loss, int maxRows) {
        this.loss = loss;
        this.row = new double[loss.outputs()];
        this.others = new double[maxRows];
        this.scales = new double[maxRows];
    }

    /** Computes u of all rows; returns true only if all exponents were small, so that no u is large. */
    abstract boolean others(double[][] margins, int rows, float[] labels, int start);

    /** Sets the multipliers of all rows, from u and the scales, and adds weight x loss. */
    abstract void finish(double[][] margins, int rows, float[] labels, double[] weights, int start, LogSum sum);

    @Override
    public final double multipliers(double[][] margins, int rows, float[] labels, double[] weights, int start) {
        boolean near = others(margins, rows, labels, start) || notTooLarge(rows);
        System.arraycopy(weights, start, scales, 0, rows);
        divide(scales, others, rows);
        lossSum.clear();
        if (near) {
            finish(margins, rows, labels, weights, start, lossSum);
        } else {
            rowByRow(margins, rows, labels, weights, start);
        }
        return lossSum.sum();
    }

    private boolean notTooLarge(int rows) {
        boolean all = true;
        for (int r = 0; r < rows; r++) {
            all &= others[r] <= LogSum.LARGEST;
        }
        return all;
    }

    private static void divide(double[] weights, double[] u, int count) {
        for (int i = 0; i < count; i++) {
            weights[i] /= 1 + u[i];
        }
    }

    private void rowByRow(double[][] margins, int rows, float[] labels, double[] weights, int start) {
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < row.length; k++) {
                row[k] = margins[k][r];
            }
            double weight = weights[start + r];
            lossSum.add(weight * loss.multipliers(row, (int) labels[start + r]));
            for (int k = 0; k < row.length; k++) {
                margins[k][r] = weight * row[k];
            }
        }
    }
}
