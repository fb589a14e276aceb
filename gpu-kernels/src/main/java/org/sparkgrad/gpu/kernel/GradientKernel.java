package org.sparkgrad.gpu.kernel;

/**
 * Sums loss and gradient over pieces, runs of consecutive rows, in three passes: margins, multipliers, sums. A piece
 * is cut into strips of up to {@link #STRIP} rows; features are added in chunks of {@value #CHUNK} and rows strip by
 * strip, so that single precision keeps its digits however long the rows and pieces are. The sums of a piece depend on
 * its rows alone. A work item computes {@value #TILE} x {@value #TILE} sums: rows x outputs, then features x outputs.
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
public final class GradientKernel extends LossKernel {
    private static final int CHUNK = 32;

    private final int width;
    private final int tiles;
    private final int groups;
    private final float[] features;
    private final float[] coefficients;
    private int[] pieces = new int[2];
    private int stripCount;
    private int pieceCount;

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
        super(loss, outputs, tiles(outputs) * TILE, labels, weights);
        this.width = width;
        this.tiles = tiles(outputs);
        this.groups = (width + TILE) / TILE;
        this.features = features;
        this.coefficients = coefficients;
        setExplicit(true);
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

    @Override
    public int items() {
        long margins = (long) stripCount * Math.max(STRIP, STRIP / TILE * tiles);
        long gradients = (long) pieceCount * (tiles * groups + 1) + 1;
        return Math.toIntExact(Math.max(margins, gradients));
    }

    @Override
    public void run() {
        int item = getGlobalId();
        int pass = getPassId();
        if (pass == 0) {
            if (item < stripCount * (STRIP / TILE) * tiles) {
                margins(item);
            }
        } else if (pass == 1) {
            if (item < stripCount * STRIP) {
                multipliers(item);
            }
        } else {
            int gradients = pieceCount * tiles * groups;
            if (item < gradients) {
                gradient(item);
            } else if (item < gradients + pieceCount) {
                int piece = item - gradients;
                int firstStrip = pieces[2 * piece];
                sums[(piece + 1) * (outputs * (width + 1) + 1) - 1] =
                        lossSum(firstStrip, firstStrip + pieces[2 * piece + 1]);
            } else if (item == gradients + pieceCount) {
                sums[pieceCount * (outputs * (width + 1) + 1)] = stamp;
            }
        }
    }

    /** Margins of four rows of a strip and one tile of outputs. Each number that is read serves four sums. */
    private void margins(int item) {
        int lane = item % (STRIP / TILE) * TILE;
        int tile = item / (STRIP / TILE) % tiles;
        int strip = item / (STRIP / TILE) / tiles;
        int left = strips[2 * strip + 1] - lane;
        if (left > 0) {
            int row = strips[2 * strip] + lane;
            // Rows that are not there repeat the last one.
            int of0 = row * width;
            int of1 = (row + min(1, left - 1)) * width;
            int of2 = (row + min(2, left - 1)) * width;
            int of3 = (row + min(3, left - 1)) * width;
            int of = tile * (width + 1) * TILE;
            float sum00 = 0, sum01 = 0, sum02 = 0, sum03 = 0;
            float sum10 = 0, sum11 = 0, sum12 = 0, sum13 = 0;
            float sum20 = 0, sum21 = 0, sum22 = 0, sum23 = 0;
            float sum30 = 0, sum31 = 0, sum32 = 0, sum33 = 0;
            for (int start = 0; start < width; start += CHUNK) {
                int end = min(start + CHUNK, width);
                float part00 = 0, part01 = 0, part02 = 0, part03 = 0;
                float part10 = 0, part11 = 0, part12 = 0, part13 = 0;
                float part20 = 0, part21 = 0, part22 = 0, part23 = 0;
                float part30 = 0, part31 = 0, part32 = 0, part33 = 0;
                for (int j = start; j < end; j++) {
                    float x0 = features[of0 + j];
                    float x1 = features[of1 + j];
                    float x2 = features[of2 + j];
                    float x3 = features[of3 + j];
                    float c0 = coefficients[of + j * TILE];
                    float c1 = coefficients[of + j * TILE + 1];
                    float c2 = coefficients[of + j * TILE + 2];
                    float c3 = coefficients[of + j * TILE + 3];
                    part00 += x0 * c0;
                    part01 += x0 * c1;
                    part02 += x0 * c2;
                    part03 += x0 * c3;
                    part10 += x1 * c0;
                    part11 += x1 * c1;
                    part12 += x1 * c2;
                    part13 += x1 * c3;
                    part20 += x2 * c0;
                    part21 += x2 * c1;
                    part22 += x2 * c2;
                    part23 += x2 * c3;
                    part30 += x3 * c0;
                    part31 += x3 * c1;
                    part32 += x3 * c2;
                    part33 += x3 * c3;
                }
                sum00 += part00;
                sum01 += part01;
                sum02 += part02;
                sum03 += part03;
                sum10 += part10;
                sum11 += part11;
                sum12 += part12;
                sum13 += part13;
                sum20 += part20;
                sum21 += part21;
                sum22 += part22;
                sum23 += part23;
                sum30 += part30;
                sum31 += part31;
                sum32 += part32;
                sum33 += part33;
            }
            writeMargins(row, tile, 0 < left, sum00, sum01, sum02, sum03);
            writeMargins(row + 1, tile, 1 < left, sum10, sum11, sum12, sum13);
            writeMargins(row + 2, tile, 2 < left, sum20, sum21, sum22, sum23);
            writeMargins(row + 3, tile, 3 < left, sum30, sum31, sum32, sum33);
        }
    }

    private void writeMargins(int row, int tile, boolean real, float sum0, float sum1, float sum2, float sum3) {
        if (real) {
            int to = (row * tiles + tile) * TILE;
            int intercept = (tile * (width + 1) + width) * TILE;
            multipliers[to] = sum0 + coefficients[intercept];
            multipliers[to + 1] = sum1 + coefficients[intercept + 1];
            multipliers[to + 2] = sum2 + coefficients[intercept + 2];
            multipliers[to + 3] = sum3 + coefficients[intercept + 3];
        }
    }

    /** Gradient of one piece, one tile of outputs and four features, the intercept being feature F. */
    private void gradient(int item) {
        int j = item % groups * TILE;
        int tile = item / groups % tiles;
        int piece = item / groups / tiles;
        int firstStrip = pieces[2 * piece];
        int lastStrip = firstStrip + pieces[2 * piece + 1];
        float sum00 = 0, sum01 = 0, sum02 = 0, sum03 = 0;
        float sum10 = 0, sum11 = 0, sum12 = 0, sum13 = 0;
        float sum20 = 0, sum21 = 0, sum22 = 0, sum23 = 0;
        float sum30 = 0, sum31 = 0, sum32 = 0, sum33 = 0;
        for (int strip = firstStrip; strip < lastStrip; strip++) {
            int start = strips[2 * strip];
            int end = start + strips[2 * strip + 1];
            float part00 = 0, part01 = 0, part02 = 0, part03 = 0;
            float part10 = 0, part11 = 0, part12 = 0, part13 = 0;
            float part20 = 0, part21 = 0, part22 = 0, part23 = 0;
            float part30 = 0, part31 = 0, part32 = 0, part33 = 0;
            for (int row = start; row < end; row++) {
                int m = (row * tiles + tile) * TILE;
                float x0 = value(row, j);
                float x1 = value(row, j + 1);
                float x2 = value(row, j + 2);
                float x3 = value(row, j + 3);
                float m0 = multipliers[m];
                float m1 = multipliers[m + 1];
                float m2 = multipliers[m + 2];
                float m3 = multipliers[m + 3];
                part00 += x0 * m0;
                part01 += x0 * m1;
                part02 += x0 * m2;
                part03 += x0 * m3;
                part10 += x1 * m0;
                part11 += x1 * m1;
                part12 += x1 * m2;
                part13 += x1 * m3;
                part20 += x2 * m0;
                part21 += x2 * m1;
                part22 += x2 * m2;
                part23 += x2 * m3;
                part30 += x3 * m0;
                part31 += x3 * m1;
                part32 += x3 * m2;
                part33 += x3 * m3;
            }
            sum00 += part00;
            sum01 += part01;
            sum02 += part02;
            sum03 += part03;
            sum10 += part10;
            sum11 += part11;
            sum12 += part12;
            sum13 += part13;
            sum20 += part20;
            sum21 += part21;
            sum22 += part22;
            sum23 += part23;
            sum30 += part30;
            sum31 += part31;
            sum32 += part32;
            sum33 += part33;
        }
        int to = piece * (outputs * (width + 1) + 1) + tile * TILE * (width + 1) + j;
        write(to, j, outputs - tile * TILE, sum00, sum01, sum02, sum03);
        write(to + 1, j + 1, outputs - tile * TILE, sum10, sum11, sum12, sum13);
        write(to + 2, j + 2, outputs - tile * TILE, sum20, sum21, sum22, sum23);
        write(to + 3, j + 3, outputs - tile * TILE, sum30, sum31, sum32, sum33);
    }

    private float value(int row, int j) {
        return j < width ? features[row * width + j] : 1f;
    }

    private void write(int to, int j, int left, float sum0, float sum1, float sum2, float sum3) {
        if (j <= width) {
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
    }
}
