package org.sparkgrad.job.shard;

import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.PackedTriangle;

/**
 * The change between two scales of the same data: the scale of the blocks and the scale of a model. Another part of the rows
 * or other parameters give the model other means and deviations. The model's feature is {@code ratio_j} times the
 * block's feature plus {@code offset_j}, so
 *
 * <pre>
 * margin        sum_j w_j (ratio_j x_j + offset_j) + b
 * coefficients  w_j ratio_j, and the intercept b + sum_j w_j offset_j
 * gradient      ratio_j g_j + offset_j g_b, for the gradient g over the block's features
 * matrix        A G A', for the matrix G of sums of d x x' over the block's features x and a 1, with the map A of x
 * </pre>
 */
public final class ScaleChange {
    private final double[] ratio;
    private final double[] offset;

    ScaleChange(double[] ratio, double[] offset) {
        this.ratio = ratio;
        this.offset = offset;
    }

    /**
     * Converts coefficients over the model's features to coefficients over the block's features, with the same margins.
     */
    public Coefficients toBlocks(Coefficients ofModel) {
        int features = ofModel.features();
        Coefficients ofBlocks = Coefficients.zeros(ofModel.outputs(), features);
        for (int k = 0; k < ofModel.outputs(); k++) {
            int row = k * (features + 1);
            double intercept = ofModel.intercept(k);
            for (int j = 0; j < features; j++) {
                double coefficient = ofModel.coefficient(k, j);
                ofBlocks.values()[row + j] = coefficient * ratio[j];
                intercept += coefficient * offset[j];
            }
            ofBlocks.values()[row + features] = intercept;
        }
        return ofBlocks;
    }

    /**
     * Converts the sums of d x x' over the block's features to sums over the model's features.
     *
     * @param ofBlocks the {@link PackedTriangle} of (F + 1) x (F + 1), the intercept last; not changed
     */
    public double[] gramToModel(double[] ofBlocks) {
        int features = ratio.length;
        int n = features + 1;
        double[] ofModel = ofBlocks.clone();
        double rows = ofBlocks[ofBlocks.length - 1];
        int at = 0;
        for (int i = 0; i < features; i++) {
            double sumOfI = ofBlocks[PackedTriangle.index(n, i, features)];
            for (int j = i; j < features; j++, at++) {
                double sumOfJ = ofBlocks[PackedTriangle.index(n, j, features)];
                ofModel[at] = ratio[i] * ratio[j] * ofBlocks[at]
                        + ratio[i] * offset[j] * sumOfI
                        + offset[i] * ratio[j] * sumOfJ
                        + offset[i] * offset[j] * rows;
            }
            ofModel[at++] = ratio[i] * sumOfI + offset[i] * rows;
        }
        return ofModel;
    }

    /** Converts sums over the block's features to sums over the model's features, in place; returns the argument. */
    public GradientSum toModel(GradientSum ofBlocks) {
        int features = ratio.length;
        double[] numbers = ofBlocks.numbers();
        int start = ofBlocks.gradientStart();
        for (int row = start; row < ofBlocks.end(); row += features + 1) {
            double ofIntercept = numbers[row + features];
            for (int j = 0; j < features; j++) {
                numbers[row + j] = ratio[j] * numbers[row + j] + offset[j] * ofIntercept;
            }
        }
        return ofBlocks;
    }
}
