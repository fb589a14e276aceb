package org.sparkgrad.gpu.loss;

import java.util.Arrays;

/**
 * The losses of M models over the same tiles. Margins are M x K arrays, model by model. Each model has its own weights,
 * which replace the block's. The loss sum of each model starts at 0 with each {@link #setWeights}.
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

    /** Sets the weights of the next block's rows, an array for each model, and sets the loss sums to 0. */
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
