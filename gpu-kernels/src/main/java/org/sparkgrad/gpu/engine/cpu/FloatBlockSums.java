package org.sparkgrad.gpu.engine.cpu;

import java.util.Arrays;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.loss.TileLoss;

/**
 * Dense sums in {@code float}, by Java alone. The just-in-time compiler turns a loop into vector instructions when all its arrays are
 * different objects read from index 0 on. So columns and rows are first copied into separate arrays, four at a time.
 */
@SuppressWarnings("cast") // the same class in double has casts that it does not need
final class FloatBlockSums extends TiledSums {
    static final int TILE = 128;

    /** Columns or rows that one loop combines: with eight, the just-in-time compiler leaves the loop scalar. */
    private static final int LANES = 4;

    private final int features;
    private final float[][] margins;
    private final float[][] gradient;
    private final float[][] columns = new float[LANES][TILE];
    private final float[][] rows;
    private final float[] factors = new float[LANES];
    private final double[] intercepts;
    private float[] coefficients = {};
    private float[] x = {};
    private int first;

    FloatBlockSums(TileLoss loss, int outputs, int features) {
        super(loss, outputs, TILE);
        this.features = features;
        this.margins = new float[outputs][TILE];
        this.gradient = new float[outputs][features];
        this.rows = new float[LANES][features];
        this.intercepts = new double[margins.length];
    }

    @Override
    public void start(Coefficients values) {
        coefficients = values.toFloats();
    }

    @Override
    void margins(DenseBlock block, int start, int count, double[][] tileMargins) {
        x = block.floats();
        first = start * features;
        if (margins.length == 1) {
            // For one output, copying columns would cost more than it saves.
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

    /** Copies a column: every F-th value from an index on. With count 0 it fills the array with zeros. */
    private void copyColumn(int from, int count, float[] to) {
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
                    factors[lane] = lane < lanes ? (float) multipliers[k][r + lane] : 0;
                }
                addLanes(gradient[k], rows, factors, features);
            }
        }
    }

    @Override
    void drain(double[] sums, int start) {
        for (int k = 0; k < margins.length; k++) {
            int row = start + k * (features + 1);
            for (int j = 0; j < features; j++) {
                sums[row + j] += gradient[k][j];
            }
            sums[row + features] += intercepts[k];
            Arrays.fill(gradient[k], 0);
        }
        Arrays.fill(intercepts, 0);
    }

    /** Returns a row times the coefficients. A single sum would wait for each addition, so eight run side by side. */
    private float dot(int at) {
        float[] x = this.x;
        float[] w = coefficients;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        float sum4 = 0;
        float sum5 = 0;
        float sum6 = 0;
        float sum7 = 0;
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
    private static void addLanes(float[] to, float[][] from, float[] factors, int length) {
        float[] from0 = from[0];
        float[] from1 = from[1];
        float[] from2 = from[2];
        float[] from3 = from[3];
        float factor0 = factors[0];
        float factor1 = factors[1];
        float factor2 = factors[2];
        float factor3 = factors[3];
        for (int i = 0; i < length; i++) {
            to[i] += Math.fma(
                    factor0, from0[i], Math.fma(factor1, from1[i], Math.fma(factor2, from2[i], factor3 * from3[i])));
        }
    }
}
