package org.sparkgrad.gpu.engine;

import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.loss.Loss;

/** The definition of the sums, a row at a time. */
final class ReferenceSums implements BlockSums {
    private final Loss loss;
    private Coefficients coefficients;

    ReferenceSums(Loss loss) {
        this.loss = loss;
        this.coefficients = Coefficients.zeros(loss.outputs(), 0);
    }

    @Override
    public void start(Coefficients coefficients) {
        this.coefficients = coefficients;
    }

    @Override
    public void add(Piece piece, GradientSum shardSum) {
        int outputs = coefficients.outputs();
        int features = coefficients.features();
        GradientSum sum = GradientSum.zero(outputs, features);
        double[] gradient = sum.gradientSum();
        double[] margins = new double[outputs];
        double lossSum = 0;
        for (int row = piece.start(); row < piece.end(); row++) {
            for (int k = 0; k < outputs; k++) {
                double margin = coefficients.intercept(k);
                for (int j = 0; j < features; j++) {
                    margin += coefficients.coefficient(k, j) * piece.block().value(row, j);
                }
                margins[k] = margin;
            }
            double weight = piece.block().weights()[row];
            lossSum += weight * loss.multipliers(margins, (int) piece.block().labels()[row]);
            for (int k = 0; k < outputs; k++) {
                double multiplier = weight * margins[k];
                for (int j = 0; j < features; j++) {
                    gradient[k * (features + 1) + j] +=
                            multiplier * piece.block().value(row, j);
                }
                gradient[k * (features + 1) + features] += multiplier;
            }
        }
        shardSum.add(sum).add(new GradientSum(lossSum, piece.weightSum(), new double[gradient.length]));
    }
}
