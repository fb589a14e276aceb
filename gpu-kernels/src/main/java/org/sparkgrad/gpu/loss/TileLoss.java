package org.sparkgrad.gpu.loss;

/** A loss over a tile of rows, for engines on the processor. Used by one thread. */
public interface TileLoss {
    /**
     * Replaces the margins of a tile by weight x multiplier and returns the sum of weight x loss.
     *
     * @param margins K arrays of at least {@code rows} numbers
     * @param rows the number of rows of the tile
     * @param labels the class indices of the block's rows
     * @param weights the weights of the block's rows
     * @param start the tile's first row in the block
     */
    double multipliers(double[][] margins, int rows, float[] labels, double[] weights, int start);
}
