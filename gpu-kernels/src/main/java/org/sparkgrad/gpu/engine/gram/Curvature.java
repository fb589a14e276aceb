package org.sparkgrad.gpu.engine.gram;

import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Precision;

/** The second derivative of the logistic loss by the margin z, p (1 - p) = exp(-|z|) / (1 + exp(-|z|))^2, of rows. */
final class Curvature {
    private Curvature() {}

    /** Multiplies each number by the curvature of the slice's row, at 1 x (F + 1) coefficients. */
    static void multiply(double[] d, BlockSlice slice, Coefficients at) {
        for (int i = 0; i < d.length; i++) {
            if (d[i] > 0) {
                double e = Math.exp(-Math.abs(margin(slice.block(), slice.start() + i, at)));
                d[i] *= e / ((1 + e) * (1 + e));
            }
        }
    }

    private static double margin(Block block, int row, Coefficients at) {
        double[] w = at.values();
        int features = at.features();
        if (block instanceof DenseBlock dense && dense.precision() == Precision.FLOAT) {
            return w[features] + dot(dense.floats(), row * features, w, features);
        }
        double margin = w[features];
        for (int e = 0; e < block.entries(row); e++) {
            margin += w[block.entryFeature(row, e)] * block.entryValue(row, e);
        }
        return margin;
    }

    /** Returns the product of two vectors, in four sums side by side: a single sum would wait for each addition. */
    private static double dot(float[] x, int start, double[] w, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 4 <= count; j += 4) {
            a += w[j] * x[start + j];
            b += w[j + 1] * x[start + j + 1];
            c += w[j + 2] * x[start + j + 2];
            d += w[j + 3] * x[start + j + 3];
        }
        for (; j < count; j++) {
            a += w[j] * x[start + j];
        }
        return a + b + (c + d);
    }
}
