package org.sparkgrad.gpu.loss;

/** A loss over a tile of rows at a time: what engines on the processor compute with. Used by one thread. */
public interface TileLoss {
    /**
     * Replaces the margins of a tile by weight x multiplier and returns the sum of weight x loss.
     *
     * @param margins K arrays of at least so many rows
     * @param rows how many there are
     * @param labels the class indices of the block's rows
     * @param weights the weights of the block's rows
     * @param start the tile's first row in the block
     */
    double multipliers(double[][] margins, int rows, float[] labels, double[] weights, int start);
}
