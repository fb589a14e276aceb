package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Piece;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.loss.TileLoss;

/**
 * Sums a piece of sparse instances: margins, multipliers, gradient. A part of a block goes by rows. A whole block goes by
 * columns, from a copy that the first such piece makes: margins and multipliers of its rows stay in the cache, and each
 * coefficient is read and each sum written once a run. But margins of several outputs go by rows, where the K coefficients
 * of an entry lie side by side. Subclasses hold values in their format, and loop over all runs of one output by themselves:
 * called for each of them, a loop took up to half as long again, in some JVMs. Sums are in double, straight into the shard's.
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
    private double[] blockMargins = {};

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

    /** Computes the K margins of a row. */
    abstract void margins(SparseBlock block, int blockRow, double[] margins);

    /** Computes the margins of all rows of a block, of one output. */
    abstract void margins(ColumnRuns runs, int rows, double[] margins);

    /** Adds multipliers x features of some rows, from one on, to the K x (F + 1) sums, without intercepts. */
    abstract void scatter(SparseBlock block, int start, int rows, double[][] multipliers, double[] sums);

    /** Makes room for the multipliers of so many rows. */
    abstract void reserve(int rows);

    /** Keeps a multiplier. */
    abstract void setMultiplier(int blockRow, int output, double multiplier);

    /** Adds multipliers x values of all runs to the sums of one output. */
    abstract void gather(ColumnRuns runs, double[] sums);

    /** Computes the K sums of multipliers x values of one run. */
    abstract void gather(ColumnRuns runs, int run, double[] sums);

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
        double[] sums = shardSum.gradientSum();
        double lossSum;
        if (piece.rows() < block.rows()) {
            lossSum = addByRows(piece, block, sums);
        } else if (outputs == 1) {
            lossSum = addByColumns(block, sums);
        } else {
            lossSum = addByRowsAndColumns(block, sums);
        }
        shardSum.add(lossSum, piece.weightSum());
    }

    private double addByRows(Piece piece, SparseBlock block, double[] sums) {
        double lossSum = 0;
        for (int start = piece.start(); start < piece.end(); start += LOSS_ROWS) {
            int rows = Math.min(LOSS_ROWS, piece.end() - start);
            margins(block, start, rows);
            lossSum += multipliers(block, start, rows, sums);
            scatter(block, start, rows, margins, sums);
        }
        return lossSum;
    }

    private double addByColumns(SparseBlock block, double[] sums) {
        ColumnRuns runs = copies.of(block);
        reserve(block.rows());
        if (blockMargins.length < block.rows()) {
            blockMargins = new double[block.rows()];
        }
        margins(runs, block.rows(), blockMargins);
        double lossSum = 0;
        for (int start = 0; start < block.rows(); start += LOSS_ROWS) {
            int rows = Math.min(LOSS_ROWS, block.rows() - start);
            System.arraycopy(blockMargins, start, margins[0], 0, rows);
            lossSum += multipliers(block, start, rows, sums);
            keepMultipliers(start, rows);
        }
        gather(runs, sums);
        return lossSum;
    }

    private double addByRowsAndColumns(SparseBlock block, double[] sums) {
        reserve(block.rows());
        double lossSum = 0;
        for (int start = 0; start < block.rows(); start += LOSS_ROWS) {
            int rows = Math.min(LOSS_ROWS, block.rows() - start);
            margins(block, start, rows);
            lossSum += multipliers(block, start, rows, sums);
            keepMultipliers(start, rows);
        }
        ColumnRuns runs = copies.of(block);
        int[] columns = runs.features();
        for (int run = 0; run < columns.length; run++) {
            gather(runs, run, row);
            for (int k = 0; k < outputs; k++) {
                sums[k * (features + 1) + columns[run]] += row[k];
            }
        }
        return lossSum;
    }

    private void keepMultipliers(int start, int rows) {
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < rows; r++) {
                setMultiplier(start + r, k, margins[k][r]);
            }
        }
    }

    /** Replaces the margins of some rows by multipliers, adds those to the sums of the intercepts, and returns the loss. */
    private double multipliers(SparseBlock block, int start, int rows, double[] sums) {
        double lossSum = loss.multipliers(margins, rows, block.labels(), block.weights(), start);
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < rows; r++) {
                sums[k * (features + 1) + features] += margins[k][r];
            }
        }
        return lossSum;
    }

    private void margins(SparseBlock block, int start, int rows) {
        for (int r = 0; r < rows; r++) {
            margins(block, start + r, row);
            for (int k = 0; k < outputs; k++) {
                margins[k][r] = row[k];
            }
        }
    }
}
