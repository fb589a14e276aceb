package org.sparkgrad.gpu.engine;

import java.util.Arrays;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Sums a piece of dense instances in tiles of up to {@value #TILE} rows, so that the rows are still in the cache when they are read a
 * second time. Subclasses hold the tile's margins and multipliers, K x {@value #TILE}, in their format; across tiles
 * sums are in double.
 */
abstract class TiledSums implements BlockSums {
    /** Rows of a tile. */
    static final int TILE = 128;

    /** Columns or rows that one loop combines: with eight, the just-in-time compiler leaves the loop scalar. */
    static final int LANES = 4;

    private final Loss loss;
    private final int features;
    private final double[] gradient;
    private final double[] row;

    TiledSums(Loss loss, int features) {
        this.loss = loss;
        this.features = features;
        this.gradient = new double[loss.outputs() * (features + 1)];
        this.row = new double[loss.outputs()];
    }

    /** Computes the K x rows margins of rows [start, start + rows) of a block. */
    abstract void margins(DenseBlock block, int start, int rows);

    /** Returns a margin of the tile. */
    abstract double margin(int output, int tileRow);

    /** Replaces a margin of the tile by its multiplier. */
    abstract void setMultiplier(int output, int tileRow, double multiplier);

    /** Adds multipliers x features of the tile, without intercepts, to the K x (F + 1) sums. */
    abstract void addGradient(DenseBlock block, int start, int rows, double[] sums);

    @Override
    public final void add(Piece piece, GradientSum shardSum) {
        DenseBlock block = (DenseBlock) piece.block();
        Arrays.fill(gradient, 0);
        double lossSum = 0;
        for (int start = piece.start(); start < piece.end(); start += TILE) {
            int rows = Math.min(TILE, piece.end() - start);
            margins(block, start, rows);
            lossSum += multipliers(block, start, rows);
            addGradient(block, start, rows, gradient);
        }
        shardSum.add(new GradientSum(lossSum, piece.weightSum(), gradient));
    }

    private double multipliers(DenseBlock block, int start, int rows) {
        double lossSum = 0;
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < row.length; k++) {
                row[k] = margin(k, r);
            }
            double weight = block.weights()[start + r];
            lossSum += weight * loss.multipliers(row, (int) block.labels()[start + r]);
            for (int k = 0; k < row.length; k++) {
                setMultiplier(k, r, weight * row[k]);
                gradient[k * (features + 1) + features] += weight * row[k];
            }
        }
        return lossSum;
    }
}
