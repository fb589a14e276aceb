package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Piece;
import org.sparkgrad.gpu.loss.TileLoss;

/**
 * Sums a piece of dense instances in tiles of rows from its first row on, so that the rows are still in the cache when
 * they are read a second time. Subclasses multiply, in their format; the loss is in double, and so are sums over more than
 * {@value #DRAIN_ROWS} rows.
 */
abstract class TiledSums implements BlockSums {
    /** Rows, or a tile more, whose gradients a subclass may add in its own format. */
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

    /** Adds the multipliers of the same rows, times their features, to what {@link #drain} will return. */
    abstract void addGradient(int rows, double[][] multipliers);

    /** Adds the gradients of all tiles since the last call to the K x (F + 1) sums. */
    abstract void drain(double[] sums);

    @Override
    public final void add(Piece piece, GradientSum shardSum) {
        DenseBlock block = (DenseBlock) piece.block();
        double[] gradient = shardSum.gradientSum();
        double lossSum = 0;
        int undrained = 0;
        for (int start = piece.start(); start < piece.end(); start += tileRows) {
            int rows = Math.min(tileRows, piece.end() - start);
            margins(block, start, rows, margins);
            lossSum += loss.multipliers(margins, rows, block.labels(), block.weights(), start);
            addGradient(rows, margins);
            undrained += rows;
            if (undrained >= DRAIN_ROWS || start + rows == piece.end()) {
                drain(gradient);
                undrained = 0;
            }
        }
        shardSum.add(lossSum, piece.weightSum());
    }
}
