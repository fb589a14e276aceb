package org.sparkgrad.gpu.kernel;

/**
 * One output on a processor. Rows of a strip are read from memory once, for their margins, and then four at a time from the
 * cache. The local array has the multipliers of a strip, then the losses.
 */
public class FloatItemBinaryKernel extends FloatItemKernel {
    private static final int STRIP = 64;
    private static final int QUAD = 4;
    private static final int LANES = 16;

    /** The parameters are those of {@link FloatDenseKernel}, with K = 1. */
    public FloatItemBinaryKernel(
            int loss, int width, int outputs, float[] features, int[] labelsAndFolds, float[] weights) {
        super(loss, width, outputs, features, labelsAndFolds, weights, 2 * STRIP);
    }

    @Override
    void merge() {
        mergeLots();
    }

    @Override
    void lot(int lot) {
        int first = lots[4 * lot];
        int end = first + lots[4 * lot + 1];
        int model = lots[4 * lot + 2] * (width + 1);
        int at = lot * size;
        for (int i = 0; i < size; i++) {
            partials[at + i] = 0;
        }
        for (int row = first; row < end; row += STRIP) {
            int rows = min(STRIP, end - row);
            for (int r = 0; r < rows; r++) {
                multipliers[r] = rowMargin(row + r, model);
            }
            losses(row, rows, lots[4 * lot + 3]);
            float lossSum = 0;
            for (int r = 0; r < rows; r++) {
                lossSum += multipliers[STRIP + r];
            }
            partials[at + width + 1] += lossSum;
            for (int r = 0; r < rows; r += QUAD) {
                addGradient(at, row + r, rows - r, r);
            }
        }
    }

    /**
     * Replaces the margins of a strip by weight x multiplier and writes weight x loss behind them. The formulas are those of
     * {@link FloatLossKernel}; the loop reads nothing under a condition, so that it becomes vector instructions.
     */
    private void losses(int row, int rows, int leftOut) {
        int squared = loss == SQUARED_ERROR ? 1 : 0;
        for (int r = 0; r < rows; r++) {
            int labelAndFold = labels[row + r];
            float given = weights[row + r];
            float weight = labelAndFold >> FOLD_BIT == leftOut ? 0 : given;
            float sign = (labelAndFold & LABEL_MASK) == 1 ? -1 : 1;
            float towards = sign * multipliers[r];
            float e = expOfMinus(abs(towards));
            multipliers[r] = weight * (sign * binaryMultiplier(squared, towards, e));
            multipliers[STRIP + r] = weight * binaryLoss(squared, towards, e, log1pOf(e));
        }
    }

    /** Returns the margin of a row, by sixteen sums side by side, which become one vector. */
    private float rowMargin(int row, int model) {
        int of = row * width;
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        float s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        float s8 = 0, s9 = 0, s10 = 0, s11 = 0;
        float s12 = 0, s13 = 0, s14 = 0, s15 = 0;
        int whole = width / LANES * LANES;
        for (int j = 0; j < whole; j += LANES) {
            s0 += features[of + j] * coefficients[model + j];
            s1 += features[of + j + 1] * coefficients[model + j + 1];
            s2 += features[of + j + 2] * coefficients[model + j + 2];
            s3 += features[of + j + 3] * coefficients[model + j + 3];
            s4 += features[of + j + 4] * coefficients[model + j + 4];
            s5 += features[of + j + 5] * coefficients[model + j + 5];
            s6 += features[of + j + 6] * coefficients[model + j + 6];
            s7 += features[of + j + 7] * coefficients[model + j + 7];
            s8 += features[of + j + 8] * coefficients[model + j + 8];
            s9 += features[of + j + 9] * coefficients[model + j + 9];
            s10 += features[of + j + 10] * coefficients[model + j + 10];
            s11 += features[of + j + 11] * coefficients[model + j + 11];
            s12 += features[of + j + 12] * coefficients[model + j + 12];
            s13 += features[of + j + 13] * coefficients[model + j + 13];
            s14 += features[of + j + 14] * coefficients[model + j + 14];
            s15 += features[of + j + 15] * coefficients[model + j + 15];
        }
        float rest = coefficients[model + width];
        for (int j = whole; j < width; j++) {
            rest += features[of + j] * coefficients[model + j];
        }
        float left = ((s0 + s8) + (s1 + s9)) + ((s2 + s10) + (s3 + s11));
        float right = ((s4 + s12) + (s5 + s13)) + ((s6 + s14) + (s7 + s15));
        return rest + left + right;
    }

    private void addGradient(int at, int row, int rows, int of) {
        // Rows beyond the strip repeat the last one, with multiplier 0.
        int of0 = row * width;
        int of1 = (row + min(1, rows - 1)) * width;
        int of2 = (row + min(2, rows - 1)) * width;
        int of3 = (row + min(3, rows - 1)) * width;
        float m0 = multipliers[of];
        float m1 = rows > 1 ? multipliers[of + 1] : 0;
        float m2 = rows > 2 ? multipliers[of + 2] : 0;
        float m3 = rows > 3 ? multipliers[of + 3] : 0;
        for (int j = 0; j < width; j++) {
            partials[at + j] += (features[of0 + j] * m0 + features[of1 + j] * m1)
                    + (features[of2 + j] * m2 + features[of3 + j] * m3);
        }
        partials[at + width] += (m0 + m1) + (m2 + m3);
    }
}
