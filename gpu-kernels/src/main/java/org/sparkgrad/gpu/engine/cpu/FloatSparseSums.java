package org.sparkgrad.gpu.engine.cpu;

import java.util.Arrays;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.loss.TileLoss;

/**
 * Sparse sums over values and coefficients in {@code float}; so are the multipliers of whole blocks. Products and sums are
 * in double.
 */
@SuppressWarnings("cast") // the same class in double has casts that it does not need
final class FloatSparseSums extends SparseSums {
    private float[] coefficients = {};
    private float[] multipliers = {};

    FloatSparseSums(TileLoss loss, int outputs, int features, ColumnRunsCache copies) {
        super(loss, outputs, features, copies);
    }

    @Override
    void setCoefficients(double[] byFeature) {
        if (coefficients.length != byFeature.length) {
            coefficients = new float[byFeature.length];
        }
        for (int i = 0; i < byFeature.length; i++) {
            coefficients[i] = (float) byFeature[i];
        }
    }

    @Override
    void reserve(int rows) {
        if (multipliers.length < rows * stride) {
            multipliers = new float[rows * stride];
        }
    }

    @Override
    void setMultiplier(int blockRow, int output, double multiplier) {
        multipliers[blockRow * stride + output] = (float) multiplier;
    }

    @Override
    void margins(SparseBlock block, int blockRow, double[] margins) {
        int first = block.starts()[blockRow];
        int last = block.starts()[blockRow + 1];
        int[] indices = block.indices();
        float[] values = block.floats();
        float[] w = coefficients;
        if (stride == 1) {
            margins[0] = w[features] + dot(values, first, last, w, indices);
            return;
        }
        for (int tile = 0; tile < stride; tile += TILE) {
            int intercept = features * stride + tile;
            double sum0 = w[intercept];
            double sum1 = w[intercept + 1];
            double sum2 = w[intercept + 2];
            double sum3 = w[intercept + 3];
            for (int e = first; e < last; e++) {
                double value = values[e];
                int at = indices[e] * stride + tile;
                sum0 += value * w[at];
                sum1 += value * w[at + 1];
                sum2 += value * w[at + 2];
                sum3 += value * w[at + 3];
            }
            margins[tile] = sum0;
            margins[tile + 1] = sum1;
            margins[tile + 2] = sum2;
            margins[tile + 3] = sum3;
        }
    }

    @Override
    void margins(ColumnRuns runs, int rows, double[] margins) {
        Arrays.fill(margins, 0, rows, coefficients[features]);
        int[] columns = runs.features();
        int[] starts = runs.starts();
        for (int run = 0; run < columns.length; run++) {
            double factor = coefficients[columns[run]];
            scatter(runs.floats(), starts[run], starts[run + 1], factor, margins, runs.rows());
        }
    }

    @Override
    void gatherAll(ColumnRuns runs, double[] sums, int at) {
        int[] columns = runs.features();
        int[] starts = runs.starts();
        for (int run = 0; run < columns.length; run++) {
            sums[at + columns[run]] += gather(runs.floats(), starts[run], starts[run + 1], multipliers, runs.rows());
        }
    }

    @Override
    void gather(ColumnRuns runs, int run, double[] sums) {
        int first = runs.starts()[run];
        int last = runs.starts()[run + 1];
        char[] rows = runs.rows();
        float[] values = runs.floats();
        float[] m = multipliers;
        for (int tile = 0; tile < stride; tile += TILE) {
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            for (int e = first; e < last; e++) {
                double value = values[e];
                int at = rows[e] * stride + tile;
                sum0 += value * m[at];
                sum1 += value * m[at + 1];
                sum2 += value * m[at + 2];
                sum3 += value * m[at + 3];
            }
            sums[tile] = sum0;
            sums[tile + 1] = sum1;
            sums[tile + 2] = sum2;
            sums[tile + 3] = sum3;
        }
    }

    @Override
    void scatter(SparseBlock block, int start, int rows, double[][] rowMultipliers, double[] sums, int at) {
        int[] starts = block.starts();
        int[] indices = block.indices();
        float[] values = block.floats();
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < outputs; k++) {
                double multiplier = rowMultipliers[k][r];
                int to = at + k * (features + 1);
                for (int e = starts[start + r]; e < starts[start + r + 1]; e++) {
                    sums[to + indices[e]] += multiplier * values[e];
                }
            }
        }
    }

    /** Returns the product of a row and the coefficients, in four sums: a single one would wait for each addition. */
    private static double dot(float[] values, int first, int last, float[] factors, int[] at) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int e = first;
        for (; e + 3 < last; e += 4) {
            sum0 += (double) values[e] * factors[at[e]];
            sum1 += (double) values[e + 1] * factors[at[e + 1]];
            sum2 += (double) values[e + 2] * factors[at[e + 2]];
            sum3 += (double) values[e + 3] * factors[at[e + 3]];
        }
        for (; e < last; e++) {
            sum0 += (double) values[e] * factors[at[e]];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private static void scatter(float[] values, int first, int last, double factor, double[] to, char[] at) {
        for (int e = first; e < last; e++) {
            to[at[e]] += values[e] * factor;
        }
    }

    /** Returns the product of a run and the multipliers, in two sums, since most runs are short. */
    private static double gather(float[] values, int first, int last, float[] factors, char[] at) {
        double sum0 = 0;
        double sum1 = 0;
        int e = first;
        for (; e + 1 < last; e += 2) {
            sum0 += (double) values[e] * factors[at[e]];
            sum1 += (double) values[e + 1] * factors[at[e + 1]];
        }
        if (e < last) {
            sum0 += (double) values[e] * factors[at[e]];
        }
        return sum0 + sum1;
    }
}
