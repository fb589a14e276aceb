package org.sparkgrad.gpu.engine;

import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.loss.TileLoss;

/**
 * Sums a piece of sparse instances: margins and multipliers by rows, then the gradient. Of a whole block it gathers by
 * columns, from a copy that the first such piece makes: multipliers stay in the cache, and each sum is written once a
 * run. Of a part of a block it scatters by rows, so that a small batch does not pay for all columns. Subclasses hold
 * values and multipliers in their format; sums are in double, straight into the shard's.
 *
 * <p>Shapes: coefficients (F + 1) x stride, so that the K factors of an entry lie side by side; multipliers N x stride,
 * by rows of the block; zero beyond K.
 */
abstract class SparseSums implements BlockSums {
    /** Outputs that one loop computes together. */
    static final int TILE = 4;

    final int outputs;
    final int features;
    /** 1, or K rounded up to whole tiles: how far the numbers of neighbouring features or rows are apart. */
    final int stride;

    /** Rows whose losses are computed together. */
    static final int LOSS_ROWS = 256;

    private final TileLoss loss;
    private final double[][] margins;
    private final double[] row;
    private final ColumnCopies copies;

    /** @param copies shared by all sums of an engine */
    SparseSums(TileLoss loss, int outputs, int features, ColumnCopies copies) {
        this.loss = loss;
        this.margins = new double[outputs][LOSS_ROWS];
        this.outputs = outputs;
        this.features = features;
        this.copies = copies;
        this.stride = outputs == 1 ? 1 : (outputs + TILE - 1) / TILE * TILE;
        this.row = new double[stride];
    }

    /** Takes the (F + 1) x stride coefficients. */
    abstract void setCoefficients(double[] byFeature);

    /** Makes room for the multipliers of so many rows. */
    abstract void reserve(int rows);

    /** Computes the K margins of a row. */
    abstract void margins(SparseBlock block, int blockRow, double[] margins);

    /** Keeps a multiplier. */
    abstract void setMultiplier(int blockRow, int output, double multiplier);

    /** Computes the K sums of multipliers x values of one run. */
    abstract void gather(ColumnRuns runs, int run, double[] sums);

    /** Adds multipliers x features of rows [start, end) to the K x (F + 1) sums, without intercepts. */
    abstract void scatter(SparseBlock block, int start, int end, double[] sums);

    @Override
    public final void start(Coefficients coefficients) {
        double[] values = coefficients.values();
        double[] byFeature = new double[(features + 1) * stride];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j <= features; j++) {
                byFeature[j * stride + k] = values[k * (features + 1) + j];
            }
        }
        setCoefficients(byFeature);
    }

    @Override
    public final void add(Piece piece, GradientSum shardSum) {
        SparseBlock block = (SparseBlock) piece.block();
        reserve(block.rows());
        shardSum.add(multipliers(piece, block, shardSum.gradientSum()), piece.weightSum());
        if (piece.rows() == block.rows()) {
            gather(copies.of(block), shardSum.gradientSum());
        } else {
            scatter(block, piece.start(), piece.end(), shardSum.gradientSum());
        }
    }

    private double multipliers(Piece piece, SparseBlock block, double[] sums) {
        double lossSum = 0;
        for (int start = piece.start(); start < piece.end(); start += LOSS_ROWS) {
            int rows = Math.min(LOSS_ROWS, piece.end() - start);
            for (int r = 0; r < rows; r++) {
                margins(block, start + r, row);
                for (int k = 0; k < outputs; k++) {
                    margins[k][r] = row[k];
                }
            }
            lossSum += loss.multipliers(margins, rows, block.labels(), block.weights(), start);
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < outputs; k++) {
                    setMultiplier(start + r, k, margins[k][r]);
                    sums[k * (features + 1) + features] += margins[k][r];
                }
            }
        }
        return lossSum;
    }

    private void gather(ColumnRuns runs, double[] sums) {
        int[] columns = runs.features();
        for (int run = 0; run < columns.length; run++) {
            gather(runs, run, row);
            for (int k = 0; k < outputs; k++) {
                sums[k * (features + 1) + columns[run]] += row[k];
            }
        }
    }
}
