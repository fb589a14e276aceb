package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.TileLoss;
import org.sparkgrad.gpu.loss.TileLosses;

/** Sums sparse instances in a plain loop over rows: margin and gradient, both by the indices of the row. */
final class RowWiseSums implements BlockSums {
    private static final int TILE = 256;

    private final TileLoss loss;
    private final int outputs;
    private final int features;
    private final double[][] margins;
    private float[] coefficients = {};

    RowWiseSums(Loss loss, int features) {
        this.loss = TileLosses.of(loss, TILE);
        this.outputs = loss.outputs();
        this.features = features;
        this.margins = new double[outputs][TILE];
    }

    @Override
    public void start(Coefficients values) {
        coefficients = values.toFloats();
    }

    @Override
    public void add(BlockSlice slice, GradientSum shardSum) {
        SparseBlock block = (SparseBlock) slice.block();
        double lossSum = 0;
        for (int start = slice.start(); start < slice.end(); start += TILE) {
            int rows = Math.min(TILE, slice.end() - start);
            margins(block, start, rows);
            lossSum += loss.multipliers(margins, rows, block.labels(), block.weights(), start);
            scatter(block, start, rows, shardSum.numbers(), shardSum.gradientStart());
        }
        shardSum.add(lossSum, slice.weightSum());
    }

    private void margins(SparseBlock block, int start, int rows) {
        int[] indices = block.indices();
        float[] values = block.floats();
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < outputs; k++) {
                int of = k * (features + 1);
                double sum = coefficients[of + features];
                for (int e = block.starts()[start + r]; e < block.starts()[start + r + 1]; e++) {
                    sum += values[e] * coefficients[of + indices[e]];
                }
                margins[k][r] = sum;
            }
        }
    }

    private void scatter(SparseBlock block, int start, int rows, double[] sums, int at) {
        int[] indices = block.indices();
        float[] values = block.floats();
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < outputs; k++) {
                int of = at + k * (features + 1);
                double multiplier = margins[k][r];
                for (int e = block.starts()[start + r]; e < block.starts()[start + r + 1]; e++) {
                    sums[of + indices[e]] += multiplier * values[e];
                }
                sums[of + features] += multiplier;
            }
        }
    }
}
