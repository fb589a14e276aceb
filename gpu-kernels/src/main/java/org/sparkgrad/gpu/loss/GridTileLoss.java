package org.sparkgrad.gpu.loss;

import java.util.Arrays;

/**
 * The losses of M models over the same tiles. Their margins lie one model after the other, M x K arrays in all. Each has
 * weights of its own, which take the place of the block's. Sums of losses are kept for each model, from one
 * {@link #setWeights} to the next.
 */
public final class GridTileLoss implements TileLoss {
    private final TileLoss loss;
    private final double[][] ofModel;
    private final double[] lossSums;
    private double[][] modelWeights = {};

    /**
     * @param loss of each model, with K outputs
     * @param models M
     * @param maxRows of a tile
     */
    public GridTileLoss(Loss loss, int models, int maxRows) {
        this.loss = TileLosses.of(loss, maxRows);
        this.ofModel = new double[loss.outputs()][];
        this.lossSums = new double[models];
    }

    /** Takes the weights of the rows of the next block, for each model, and forgets the sums of losses. */
    public void setWeights(double[][] weights) {
        modelWeights = weights;
        Arrays.fill(lossSums, 0);
    }

    /** Returns the sum of weight x loss of a model. */
    public double lossSum(int model) {
        return lossSums[model];
    }

    @Override
    public double multipliers(double[][] margins, int rows, float[] labels, double[] weights, int start) {
        double sum = 0;
        for (int m = 0; m < lossSums.length; m++) {
            System.arraycopy(margins, m * ofModel.length, ofModel, 0, ofModel.length);
            double ofTile = loss.multipliers(ofModel, rows, labels, modelWeights[m], start);
            lossSums[m] += ofTile;
            sum += ofTile;
        }
        return sum;
    }
}
