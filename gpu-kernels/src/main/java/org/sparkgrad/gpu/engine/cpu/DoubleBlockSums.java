package org.sparkgrad.gpu.engine.cpu;

import java.util.Arrays;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.loss.TileLoss;

/** Sums in double precision, as {@link FloatBlockSums} does in single, and for the same reasons. */
final class DoubleBlockSums extends TiledSums {
    private static final int TILE = FloatBlockSums.TILE;

    /** Columns or rows that one loop combines: with eight, the just-in-time compiler leaves the loop scalar. */
    private static final int LANES = 4;

    private final int features;
    private final double[][] margins;
    private final double[][] gradient;
    private final double[][] columns = new double[LANES][TILE];
    private final double[][] rows;
    private final double[] factors = new double[LANES];
    private final double[] intercepts;
    private double[] coefficients = {};
    private double[] x = {};
    private int first;

    DoubleBlockSums(TileLoss loss, int outputs, int features) {
        super(loss, outputs, TILE);
        this.features = features;
        this.margins = new double[outputs][TILE];
        this.gradient = new double[outputs][features];
        this.rows = new double[LANES][features];
        this.intercepts = new double[margins.length];
    }

    @Override
    public void start(Coefficients values) {
        coefficients = values.values().clone();
    }

    @Override
    void margins(DenseBlock block, int start, int count, double[][] tileMargins) {
        x = block.doubles();
        first = start * features;
        if (margins.length == 1) {
            // One output does not repay the copying of columns.
            for (int r = 0; r < count; r++) {
                tileMargins[0][r] = dot(first + r * features) + coefficients[features];
            }
            return;
        }
        for (int k = 0; k < margins.length; k++) {
            Arrays.fill(margins[k], 0, count, coefficients[k * (features + 1) + features]);
        }
        for (int j = 0; j < features; j += LANES) {
            int lanes = Math.min(LANES, features - j);
            for (int lane = 0; lane < LANES; lane++) {
                copyColumn(first + j + lane, lane < lanes ? count : 0, columns[lane]);
            }
            for (int k = 0; k < margins.length; k++) {
                for (int lane = 0; lane < LANES; lane++) {
                    factors[lane] = lane < lanes ? coefficients[k * (features + 1) + j + lane] : 0;
                }
                addLanes(margins[k], columns, factors, count);
            }
        }
        for (int k = 0; k < margins.length; k++) {
            for (int r = 0; r < count; r++) {
                tileMargins[k][r] = margins[k][r];
            }
        }
    }

    /** Copies every F-th value; of no values, fills with zeros. */
    private void copyColumn(int from, int count, double[] to) {
        int at = from;
        for (int r = 0; r < count; r++) {
            to[r] = x[at];
            at += features;
        }
        if (count == 0) {
            Arrays.fill(to, 0);
        }
    }

    @Override
    void addGradient(int count, double[][] multipliers) {
        for (int k = 0; k < margins.length; k++) {
            for (int r = 0; r < count; r++) {
                intercepts[k] += multipliers[k][r];
            }
        }
        for (int r = 0; r < count; r += LANES) {
            int lanes = Math.min(LANES, count - r);
            for (int lane = 0; lane < LANES; lane++) {
                if (lane < lanes) {
                    System.arraycopy(x, first + (r + lane) * features, rows[lane], 0, features);
                } else {
                    Arrays.fill(rows[lane], 0);
                }
            }
            for (int k = 0; k < margins.length; k++) {
                for (int lane = 0; lane < LANES; lane++) {
                    factors[lane] = lane < lanes ? multipliers[k][r + lane] : 0;
                }
                addLanes(gradient[k], rows, factors, features);
            }
        }
    }

    @Override
    void drain(double[] sums) {
        for (int k = 0; k < margins.length; k++) {
            for (int j = 0; j < features; j++) {
                sums[k * (features + 1) + j] += gradient[k][j];
            }
            sums[k * (features + 1) + features] += intercepts[k];
            Arrays.fill(gradient[k], 0);
        }
        Arrays.fill(intercepts, 0);
    }

    /** Eight sums side by side: one alone would wait for each addition. */
    private double dot(int at) {
        double[] x = this.x;
        double[] w = coefficients;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        double sum4 = 0;
        double sum5 = 0;
        double sum6 = 0;
        double sum7 = 0;
        int j = 0;
        for (; j + 7 < features; j += 8) {
            sum0 = Math.fma(x[at + j], w[j], sum0);
            sum1 = Math.fma(x[at + j + 1], w[j + 1], sum1);
            sum2 = Math.fma(x[at + j + 2], w[j + 2], sum2);
            sum3 = Math.fma(x[at + j + 3], w[j + 3], sum3);
            sum4 = Math.fma(x[at + j + 4], w[j + 4], sum4);
            sum5 = Math.fma(x[at + j + 5], w[j + 5], sum5);
            sum6 = Math.fma(x[at + j + 6], w[j + 6], sum6);
            sum7 = Math.fma(x[at + j + 7], w[j + 7], sum7);
        }
        for (; j < features; j++) {
            sum0 = Math.fma(x[at + j], w[j], sum0);
        }
        return ((sum0 + sum1) + (sum2 + sum3)) + ((sum4 + sum5) + (sum6 + sum7));
    }

    /** to[i] += sum over 4 lanes of factor x from[lane][i]. */
    private static void addLanes(double[] to, double[][] from, double[] factors, int length) {
        double[] from0 = from[0];
        double[] from1 = from[1];
        double[] from2 = from[2];
        double[] from3 = from[3];
        double factor0 = factors[0];
        double factor1 = factors[1];
        double factor2 = factors[2];
        double factor3 = factors[3];
        for (int i = 0; i < length; i++) {
            to[i] += Math.fma(
                    factor0, from0[i], Math.fma(factor1, from1[i], Math.fma(factor2, from2[i], factor3 * from3[i])));
        }
    }
}
