package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.TileLoss;

/** Computes the loss row by row, by its definition; benchmarks compare the fast loss with it. */
final class RowLoss implements TileLoss {
    private final Loss loss;
    private final double[] row;

    RowLoss(Loss loss) {
        this.loss = loss;
        this.row = new double[loss.outputs()];
    }

    @Override
    public double multipliers(double[][] margins, int rows, float[] labels, double[] weights, int start) {
        double lossSum = 0;
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < row.length; k++) {
                row[k] = margins[k][r];
            }
            double weight = weights[start + r];
            lossSum += weight * loss.multipliers(row, (int) labels[start + r]);
            for (int k = 0; k < row.length; k++) {
                margins[k][r] = weight * row[k];
            }
        }
        return lossSum;
    }
}
