package org.sparkgrad.gpu.kernel;

/**
 * Several outputs on a processor. Loops for margins run over the rows of a strip, for eight columns at a time, which are
 * first copied to be contiguous. Loops for gradients run over the features of eight rows. Local multipliers are K x
 * {@value #STRIP}.
 */
public class FloatItemSoftmaxKernel extends FloatItemKernel {
    private static final int STRIP = 16;
    private static final int LANES = 8;

    @Local
    final float[] columns = new float[LANES * STRIP];

    /** The parameters are those of {@link FloatDenseKernel}. */
    public FloatItemSoftmaxKernel(
            int loss, int width, int outputs, float[] features, int[] labelsAndFolds, float[] weights) {
        super(loss, width, outputs, features, labelsAndFolds, weights, outputs * STRIP);
    }

    /** Returns the numbers of a group in local memory, for K outputs. */
    public static int localNumbers(int outputs) {
        return (outputs + LANES) * STRIP;
    }

    @Override
    void merge() {
        mergeLots();
    }

    @Override
    void lot(int lot) {
        int first = lots[4 * lot];
        int end = first + lots[4 * lot + 1];
        int model = lots[4 * lot + 2] * outputs * (width + 1);
        int at = lot * size;
        for (int i = 0; i < size; i++) {
            partials[at + i] = 0;
        }
        for (int row = first; row < end; row += STRIP) {
            int rows = min(STRIP, end - row);
            margins(row, rows, model);
            exponentials(row, rows);
            partials[at + size - 1] += losses(row, rows, lots[4 * lot + 3]);
            for (int r = rows; r < STRIP; r++) {
                for (int k = 0; k < outputs; k++) {
                    multipliers[k * STRIP + r] = 0;
                }
            }
            for (int r = 0; r < rows; r += LANES) {
                for (int k = 0; k < outputs; k++) {
                    addGradient(at + k * (width + 1), row + r, rows - r, k * STRIP + r);
                }
            }
        }
    }

    /**
     * Replaces the margins z of a strip by exp(z - the row's largest), in loops over rows that become vector instructions.
     * Writes to the columns, for each row, its largest margin, its label's margin, and the sum of the other exponentials.
     */
    private void exponentials(int row, int rows) {
        for (int r = 0; r < rows; r++) {
            columns[r] = multipliers[r];
            columns[STRIP + r] = multipliers[label(row + r) * STRIP + r];
            columns[2 * STRIP + r] = 0;
        }
        for (int k = 1; k < outputs; k++) {
            for (int r = 0; r < rows; r++) {
                columns[r] = max(columns[r], multipliers[k * STRIP + r]);
            }
        }
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < rows; r++) {
                float e = expOfMinus(columns[r] - multipliers[k * STRIP + r]);
                multipliers[k * STRIP + r] = e;
                columns[2 * STRIP + r] += (labels[row + r] & LABEL_MASK) == k ? 0 : e;
            }
        }
    }

    /** Replaces the exponentials of a strip by weight x multiplier; returns the sum of weight x loss. */
    private float losses(int row, int rows, int leftOut) {
        float lossSum = 0;
        for (int r = 0; r < rows; r++) {
            int ofLabel = label(row + r) * STRIP + r;
            float weight = weight(row + r, leftOut);
            float behind = columns[r] - columns[STRIP + r];
            float others = columns[2 * STRIP + r];
            float sum = others + multipliers[ofLabel];
            lossSum += weight * (behind == 0 ? log1p(others) : behind + log(sum));
            columns[r] = weight / sum;
            columns[STRIP + r] = -weight * (others / sum);
        }
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < rows; r++) {
                multipliers[k * STRIP + r] *= columns[r];
            }
        }
        for (int r = 0; r < rows; r++) {
            multipliers[label(row + r) * STRIP + r] = columns[STRIP + r];
        }
        return lossSum;
    }

    /** Rows beyond the strip repeat the last one. */
    private void margins(int row, int rows, int model) {
        for (int k = 0; k < outputs; k++) {
            float intercept = coefficients[model + k * (width + 1) + width];
            for (int r = 0; r < STRIP; r++) {
                multipliers[k * STRIP + r] = intercept;
            }
        }
        int whole = width / LANES * LANES;
        for (int j = 0; j < whole; j += LANES) {
            for (int r = 0; r < STRIP; r++) {
                int of = (row + min(r, rows - 1)) * width + j;
                columns[r] = features[of];
                columns[STRIP + r] = features[of + 1];
                columns[2 * STRIP + r] = features[of + 2];
                columns[3 * STRIP + r] = features[of + 3];
                columns[4 * STRIP + r] = features[of + 4];
                columns[5 * STRIP + r] = features[of + 5];
                columns[6 * STRIP + r] = features[of + 6];
                columns[7 * STRIP + r] = features[of + 7];
            }
            for (int k = 0; k < outputs; k++) {
                addMargins(k * STRIP, model + k * (width + 1) + j);
            }
        }
        for (int j = whole; j < width; j++) {
            for (int k = 0; k < outputs; k++) {
                float c = coefficients[model + k * (width + 1) + j];
                for (int r = 0; r < STRIP; r++) {
                    multipliers[k * STRIP + r] += features[(row + min(r, rows - 1)) * width + j] * c;
                }
            }
        }
    }

    private void addMargins(int to, int of) {
        float c0 = coefficients[of];
        float c1 = coefficients[of + 1];
        float c2 = coefficients[of + 2];
        float c3 = coefficients[of + 3];
        float c4 = coefficients[of + 4];
        float c5 = coefficients[of + 5];
        float c6 = coefficients[of + 6];
        float c7 = coefficients[of + 7];
        for (int r = 0; r < STRIP; r++) {
            multipliers[to + r] += ((columns[r] * c0 + columns[STRIP + r] * c1)
                            + (columns[2 * STRIP + r] * c2 + columns[3 * STRIP + r] * c3))
                    + ((columns[4 * STRIP + r] * c4 + columns[5 * STRIP + r] * c5)
                            + (columns[6 * STRIP + r] * c6 + columns[7 * STRIP + r] * c7));
        }
    }

    private void addGradient(int at, int row, int rows, int of) {
        // Rows beyond the strip repeat the last one, with multiplier 0.
        int of0 = row * width;
        int of1 = (row + min(1, rows - 1)) * width;
        int of2 = (row + min(2, rows - 1)) * width;
        int of3 = (row + min(3, rows - 1)) * width;
        int of4 = (row + min(4, rows - 1)) * width;
        int of5 = (row + min(5, rows - 1)) * width;
        int of6 = (row + min(6, rows - 1)) * width;
        int of7 = (row + min(7, rows - 1)) * width;
        float m0 = multipliers[of];
        float m1 = multipliers[of + 1];
        float m2 = multipliers[of + 2];
        float m3 = multipliers[of + 3];
        float m4 = multipliers[of + 4];
        float m5 = multipliers[of + 5];
        float m6 = multipliers[of + 6];
        float m7 = multipliers[of + 7];
        for (int j = 0; j < width; j++) {
            partials[at + j] += ((features[of0 + j] * m0 + features[of1 + j] * m1)
                            + (features[of2 + j] * m2 + features[of3 + j] * m3))
                    + ((features[of4 + j] * m4 + features[of5 + j] * m5)
                            + (features[of6 + j] * m6 + features[of7 + j] * m7));
        }
        partials[at + width] += ((m0 + m1) + (m2 + m3)) + ((m4 + m5) + (m6 + m7));
    }
}
