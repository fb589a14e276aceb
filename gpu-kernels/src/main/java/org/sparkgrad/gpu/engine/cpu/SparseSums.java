package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.loss.TileLoss;

/**
 * Sums a slice of sparse instances in double: margins, multipliers, gradient. The loops over a part of a block run by rows.
 * The loops over a whole block run by columns, over a copy that the first such slice makes: margins and multipliers of its
 * rows stay in the cache, and each coefficient is read, and each sum written, once a run. Only the margins of several
 * outputs are computed by rows, where the K coefficients of an entry are neighbours in memory. Subclasses hold values in
 * their format. They contain the loops over all runs of one output: a call for each run made some JVMs up to 50 % slower.
 *
 * <p>Shapes: coefficients (F + 1) x stride, so that the K coefficients of a feature are neighbours; multipliers N x stride,
 * by rows of the block. Numbers beyond K are zero.
 */
abstract class SparseSums implements BlockSums {
    /** Outputs that one loop computes together. */
    static final int TILE = 4;

    final int outputs;
    final int features;
    /** The distance in memory from a feature or row to the next: 1 for K = 1, else K rounded up to whole tiles. */
    final int stride;

    /** Rows whose losses are computed together. */
    static final int LOSS_ROWS = 256;

    private final TileLoss loss;
    private final double[][] margins;
    private final double[] row;
    private final ColumnRunsCache copies;
    private double[] blockMargins = {};

    /** @param copies the copies by columns, shared by all sums of an engine */
    SparseSums(TileLoss loss, int outputs, int features, ColumnRunsCache copies) {
        this.loss = loss;
        this.margins = new double[outputs][LOSS_ROWS];
        this.outputs = outputs;
        this.features = features;
        this.copies = copies;
        this.stride = outputs == 1 ? 1 : (outputs + TILE - 1) / TILE * TILE;
        this.row = new double[stride];
    }

    /** Sets the (F + 1) x stride coefficients. */
    abstract void setCoefficients(double[] byFeature);

    /** Computes the K margins of a row. */
    abstract void margins(SparseBlock block, int blockRow, double[] margins);

    /** Computes the margins of all rows of a block, of one output. */
    abstract void margins(ColumnRuns runs, int rows, double[] margins);

    /**
     * Adds multipliers x features of some rows to K x (F + 1) sums, without intercepts.
     *
     * @param start the first row
     * @param at the index of the first sum
     */
    abstract void scatter(SparseBlock block, int start, int rows, double[][] multipliers, double[] sums, int at);

    /** Grows the array of multipliers to at least that many rows. */
    abstract void reserve(int rows);

    /** Stores a multiplier. */
    abstract void setMultiplier(int blockRow, int output, double multiplier);

    /** Adds multipliers x values of all runs to the sums of one output, which start at an index of an array. */
    abstract void gatherAll(ColumnRuns runs, double[] sums, int at);

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
    public final void add(BlockSlice slice, GradientSum shardSum) {
        SparseBlock block = (SparseBlock) slice.block();
        double[] sums = shardSum.numbers();
        int at = shardSum.gradientStart();
        double lossSum;
        if (slice.rows() < block.rows()) {
            lossSum = addByRows(slice, block, sums, at);
        } else if (outputs == 1) {
            lossSum = addByColumns(block, sums, at);
        } else {
            lossSum = addByRowsAndColumns(block, sums, at);
        }
        shardSum.add(lossSum, slice.weightSum());
    }

    private double addByRows(BlockSlice slice, SparseBlock block, double[] sums, int at) {
        double lossSum = 0;
        for (int start = slice.start(); start < slice.end(); start += LOSS_ROWS) {
            int rows = Math.min(LOSS_ROWS, slice.end() - start);
            margins(block, start, rows);
            lossSum += multipliers(block, start, rows, sums, at);
            scatter(block, start, rows, margins, sums, at);
        }
        return lossSum;
    }

    private double addByColumns(SparseBlock block, double[] sums, int at) {
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
            lossSum += multipliers(block, start, rows, sums, at);
            keepMultipliers(start, rows);
        }
        gatherAll(runs, sums, at);
        return lossSum;
    }

    private double addByRowsAndColumns(SparseBlock block, double[] sums, int at) {
        reserve(block.rows());
        double lossSum = 0;
        for (int start = 0; start < block.rows(); start += LOSS_ROWS) {
            int rows = Math.min(LOSS_ROWS, block.rows() - start);
            margins(block, start, rows);
            lossSum += multipliers(block, start, rows, sums, at);
            keepMultipliers(start, rows);
        }
        ColumnRuns runs = copies.of(block);
        int[] columns = runs.features();
        for (int run = 0; run < columns.length; run++) {
            gather(runs, run, row);
            for (int k = 0; k < outputs; k++) {
                sums[at + k * (features + 1) + columns[run]] += row[k];
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
    private double multipliers(SparseBlock block, int start, int rows, double[] sums, int at) {
        double lossSum = loss.multipliers(margins, rows, block.labels(), block.weights(), start);
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < rows; r++) {
                sums[at + k * (features + 1) + features] += margins[k][r];
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
