package org.sparkgrad.gpu.kernel;

import com.aparapi.Kernel;

/**
 * Sums loss and gradient over pieces, runs of consecutive rows, in three passes: margins, multipliers, sums. A piece
 * is cut into strips of up to {@link #STRIP} rows; features are added in chunks of {@value #CHUNK} and rows strip by
 * strip, so that single precision keeps its digits however long the rows and pieces are. The sums of a piece depend on
 * its rows alone.
 *
 * <p>Shapes, all flat and row-major, with T = ceil(K / {@value #TILE}) tiles of outputs:
 *
 * <pre>
 * features      N x F
 * labels        N            class indices
 * weights       N            instance weights
 * coefficients  T x (F + 1) x TILE, the intercept last, zero beyond K
 * multipliers   N x T x TILE margins after pass 0, weight x multiplier after pass 1; lives on the device
 * losses        N            weight x loss, after pass 1; lives on the device
 * strips        2 a strip    first row, rows
 * pieces        2 a piece    first strip, strips
 * sums          K x (F + 1) + 1 a piece: gradient, loss; then the stamp
 * </pre>
 */
public final class GradientKernel extends Kernel {
    /** Passes of one execution. */
    public static final int PASSES = 3;
    /** Rows that are summed before they are added to the piece. */
    public static final int STRIP = 16;
    /** Outputs that one work item computes together. */
    public static final int TILE = 4;
    /** Loss: logistic, K = 1. */
    public static final int LOGISTIC = 0;
    /** Loss: softmax. */
    public static final int SOFTMAX = 1;
    /** Loss: squared error of the sigmoid, K = 1. */
    public static final int SQUARED_ERROR = 2;

    private static final int CHUNK = 32;

    private final int loss;
    private final int width;
    private final int outputs;
    private final int tiles;
    private final float[] features;
    private final float[] labels;
    private final float[] weights;
    private final float[] coefficients;
    private final float[] multipliers;
    private final float[] losses;
    private int[] strips = new int[2];
    private int[] pieces = new int[2];
    private float[] sums = new float[1];
    private int stripCount;
    private int pieceCount;
    private float stamp;

    /**
     * @param loss {@link #LOGISTIC}, {@link #SOFTMAX} or {@link #SQUARED_ERROR}
     * @param width F
     * @param outputs K
     * @param features N x F
     * @param labels N class indices
     * @param weights N instance weights
     * @param coefficients T x (F + 1) x TILE, written by the caller before each execution
     */
    public GradientKernel(
            int loss, int width, int outputs, float[] features, float[] labels, float[] weights, float[] coefficients) {
        this.loss = loss;
        this.width = width;
        this.outputs = outputs;
        this.tiles = tiles(outputs);
        this.features = features;
        this.labels = labels;
        this.weights = weights;
        this.coefficients = coefficients;
        this.multipliers = new float[labels.length * tiles * TILE];
        this.losses = new float[labels.length];
        setExplicit(true);
    }

    /** Returns T for K outputs. */
    public static int tiles(int outputs) {
        return (outputs + TILE - 1) / TILE;
    }

    /**
     * Names the rows of the next execution.
     *
     * @param stripTable first row and number of rows of each strip
     * @param strips the strips in the table
     * @param pieceTable first strip and number of strips of each piece
     * @param pieces the pieces in the table
     */
    public void setPieces(int[] stripTable, int strips, int[] pieceTable, int pieces) {
        this.strips = stripTable;
        this.stripCount = strips;
        this.pieces = pieceTable;
        this.pieceCount = pieces;
    }

    /**
     * Names where the sums of the next execution go.
     *
     * @param sums K x (F + 1) + 1 floats a piece, and one more
     * @param stamp what the execution writes behind the last piece, to prove that it ran
     */
    public void setSums(float[] sums, float stamp) {
        this.sums = sums;
        this.stamp = stamp;
    }

    /** Returns how many work items the longest pass needs. */
    public int items() {
        long margins = (long) stripCount * STRIP * tiles;
        long gradients = (long) pieceCount * (tiles * (width + 1) + 1) + 1;
        return Math.toIntExact(Math.max(margins, gradients));
    }

    @Override
    public void run() {
        int item = getGlobalId();
        int pass = getPassId();
        if (pass == 0) {
            if (item < stripCount * STRIP * tiles) {
                margins(item);
            }
        } else if (pass == 1) {
            if (item < stripCount * STRIP) {
                multipliers(item);
            }
        } else {
            int gradients = pieceCount * tiles * (width + 1);
            if (item < gradients) {
                gradient(item);
            } else if (item < gradients + pieceCount) {
                loss(item - gradients);
            } else if (item == gradients + pieceCount) {
                sums[pieceCount * (outputs * (width + 1) + 1)] = stamp;
            }
        }
    }

    /** Margins of one row and one tile of outputs: lanes of a strip are neighbours. */
    private void margins(int item) {
        int lane = item % STRIP;
        int tile = item / STRIP % tiles;
        int strip = item / (STRIP * tiles);
        if (lane < strips[2 * strip + 1]) {
            int row = strips[2 * strip] + lane;
            int of = tile * (width + 1) * TILE;
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            float sum3 = 0;
            for (int start = 0; start < width; start += CHUNK) {
                int end = min(start + CHUNK, width);
                float part0 = 0;
                float part1 = 0;
                float part2 = 0;
                float part3 = 0;
                for (int j = start; j < end; j++) {
                    float x = features[row * width + j];
                    part0 += x * coefficients[of + j * TILE];
                    part1 += x * coefficients[of + j * TILE + 1];
                    part2 += x * coefficients[of + j * TILE + 2];
                    part3 += x * coefficients[of + j * TILE + 3];
                }
                sum0 += part0;
                sum1 += part1;
                sum2 += part2;
                sum3 += part3;
            }
            int to = (row * tiles + tile) * TILE;
            int intercept = of + width * TILE;
            multipliers[to] = sum0 + coefficients[intercept];
            multipliers[to + 1] = sum1 + coefficients[intercept + 1];
            multipliers[to + 2] = sum2 + coefficients[intercept + 2];
            multipliers[to + 3] = sum3 + coefficients[intercept + 3];
        }
    }

    /** Loss and multipliers of one row, times its weight; the formulas are those of the package {@code loss}. */
    private void multipliers(int item) {
        int strip = item / STRIP;
        int lane = item % STRIP;
        if (lane < strips[2 * strip + 1]) {
            int row = strips[2 * strip] + lane;
            int label = (int) labels[row];
            if (loss == SOFTMAX) {
                softmax(row, label, weights[row]);
            } else {
                binary(row, label, weights[row]);
            }
        }
    }

    private void softmax(int row, int label, float weight) {
        int z = row * tiles * TILE;
        float largest = multipliers[z];
        for (int k = 1; k < outputs; k++) {
            largest = max(largest, multipliers[z + k]);
        }
        float behind = largest - multipliers[z + label];
        float others = 0;
        for (int k = 0; k < outputs; k++) {
            float e = exp(multipliers[z + k] - largest);
            multipliers[z + k] = e;
            others += k == label ? 0 : e;
        }
        float ofLabel = multipliers[z + label];
        float sum = others + ofLabel;
        for (int k = 0; k < outputs; k++) {
            multipliers[z + k] = weight * (multipliers[z + k] / sum);
        }
        multipliers[z + label] = -weight * (others / sum);
        losses[row] = weight * (behind == 0 ? log1p(others) : behind + log(sum));
    }

    private void binary(int row, int label, float weight) {
        int z = row * tiles * TILE;
        float margin = multipliers[z];
        float towards = label == 1 ? -margin : margin;
        float e = exp(-abs(towards));
        float small = e / (1 + e);
        float big = 1 / (1 + e);
        float miss = towards >= 0 ? big : small;
        float hit = towards >= 0 ? small : big;
        float multiplier = loss == SQUARED_ERROR ? miss * miss * hit : miss;
        float value = loss == SQUARED_ERROR ? miss * miss / 2 : max(towards, 0f) + log1p(e);
        multipliers[z] = weight * (label == 1 ? -multiplier : multiplier);
        losses[row] = weight * value;
    }

    /** Gradient of one piece, one tile of outputs and one feature, the intercept being feature F. */
    private void gradient(int item) {
        int j = item % (width + 1);
        int tile = item / (width + 1) % tiles;
        int piece = item / (width + 1) / tiles;
        int firstStrip = pieces[2 * piece];
        int lastStrip = firstStrip + pieces[2 * piece + 1];
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int strip = firstStrip; strip < lastStrip; strip++) {
            int start = strips[2 * strip];
            int end = start + strips[2 * strip + 1];
            float part0 = 0;
            float part1 = 0;
            float part2 = 0;
            float part3 = 0;
            for (int row = start; row < end; row++) {
                float x = j < width ? features[row * width + j] : 1f;
                int m = (row * tiles + tile) * TILE;
                part0 += x * multipliers[m];
                part1 += x * multipliers[m + 1];
                part2 += x * multipliers[m + 2];
                part3 += x * multipliers[m + 3];
            }
            sum0 += part0;
            sum1 += part1;
            sum2 += part2;
            sum3 += part3;
        }
        int left = outputs - tile * TILE;
        int to = piece * (outputs * (width + 1) + 1) + tile * TILE * (width + 1) + j;
        sums[to] = sum0;
        if (left > 1) {
            sums[to + width + 1] = sum1;
        }
        if (left > 2) {
            sums[to + 2 * (width + 1)] = sum2;
        }
        if (left > 3) {
            sums[to + 3 * (width + 1)] = sum3;
        }
    }

    /** Loss of one piece. */
    private void loss(int piece) {
        int firstStrip = pieces[2 * piece];
        int lastStrip = firstStrip + pieces[2 * piece + 1];
        float sum = 0;
        for (int strip = firstStrip; strip < lastStrip; strip++) {
            int start = strips[2 * strip];
            int end = start + strips[2 * strip + 1];
            float part = 0;
            for (int row = start; row < end; row++) {
                part += losses[row];
            }
            sum += part;
        }
        sums[piece * (outputs * (width + 1) + 1) + outputs * (width + 1)] = sum;
    }
}
