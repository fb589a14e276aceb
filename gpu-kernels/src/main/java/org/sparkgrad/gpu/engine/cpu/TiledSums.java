package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.loss.TileLoss;

/**
 * Sums a slice of dense instances in tiles of rows, from its first row on. A tile is read twice, for margins and for the
 * gradient, the second time from the cache. Subclasses multiply in their format; losses, and sums over more than {@value
 * #DRAIN_ROWS} rows, are in double.
 */
abstract class TiledSums implements BlockSums {
    /** A subclass adds the gradients of at most this many rows, plus a tile, in its own format. */
    private static final int DRAIN_ROWS = 1024;

    private final TileLoss loss;
    private final int tileRows;
    private final double[][] margins;

    TiledSums(TileLoss loss, int outputs, int tileRows) {
        this.loss = loss;
        this.tileRows = tileRows;
        this.margins = new double[outputs][tileRows];
    }

    /** Computes the margins of rows of a block, an array for each output. */
    abstract void margins(DenseBlock block, int start, int rows, double[][] margins);

    /** Adds multipliers x features of the same rows to the gradient that {@link #drain} adds to its sums. */
    abstract void addGradient(int rows, double[][] multipliers);

    /** Adds the gradients of all tiles since the last call to K x (F + 1) sums, which start at an index of an array. */
    abstract void drain(double[] sums, int start);

    @Override
    public final void add(BlockSlice slice, GradientSum shardSum) {
        DenseBlock block = (DenseBlock) slice.block();
        double lossSum = 0;
        int undrained = 0;
        for (int start = slice.start(); start < slice.end(); start += tileRows) {
            int rows = Math.min(tileRows, slice.end() - start);
            margins(block, start, rows, margins);
            lossSum += loss.multipliers(margins, rows, block.labels(), block.weights(), start);
            addGradient(rows, margins);
            undrained += rows;
            if (undrained >= DRAIN_ROWS || start + rows == slice.end()) {
                drain(shardSum.numbers(), shardSum.gradientStart());
                undrained = 0;
            }
        }
        shardSum.add(lossSum, slice.weightSum());
    }
}
