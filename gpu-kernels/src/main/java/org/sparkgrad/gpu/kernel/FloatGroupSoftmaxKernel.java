package org.sparkgrad.gpu.kernel;

/**
 * Several outputs on a GPU: {@value #TILE} outputs at a time, so that each number that is read is used for several sums.
 * Local multipliers are rows x T x {@value #TILE}, with T = ceil(K / {@value #TILE}); outputs beyond K are not written to
 * the sums.
 */
public class FloatGroupSoftmaxKernel extends FloatGroupKernel {
    private static final int TILE = 4;
    private static final int SUMS = TILE * TILE;
    private static final int MAX_ROWS = 32;

    private static final int LOCAL_MARGINS = 2048;

    /** Up to this many outputs a group's local arrays are below the 48 KiB that GPUs have, even in double. */
    private static final int MOST_LOCAL_MARGINS = 3960;

    final int tiles;

    /** The parameters are those of {@link FloatDenseKernel}. */
    public FloatGroupSoftmaxKernel(
            int loss, int width, int outputs, float[] features, int[] labelsAndFolds, float[] weights) {
        super(
                loss,
                width,
                outputs,
                features,
                labelsAndFolds,
                weights,
                lanes(width),
                rows(outputs),
                tiles(outputs) * TILE,
                GROUP * (SUMS + 1));
        this.tiles = tiles(outputs);
    }

    private static int tiles(int outputs) {
        return (outputs + TILE - 1) / TILE;
    }

    /** Returns the rows of a tile: a multiple of four that fits local memory; fewer for very many outputs. */
    private static int rows(int outputs) {
        int rowMargins = tiles(outputs) * TILE;
        int fit = LOCAL_MARGINS / rowMargins / TILE * TILE;
        int most = Math.max(1, Math.min(TILE, MOST_LOCAL_MARGINS / rowMargins));
        return Math.max(most, Math.min(MAX_ROWS, fit));
    }

    /** Returns the rows of a lot for K outputs: more rows if a lot has many sums compared with its features. */
    public static int lotRows(int outputs) {
        return MAX_ROWS * Math.min(8, Math.max(1, outputs / 2));
    }

    /** Returns the numbers of a group in local memory, for K outputs. */
    public static int localNumbers(int outputs) {
        return rows(outputs) * (tiles(outputs) * TILE + 1) + GROUP * (SUMS + 1);
    }

    @Override
    void merge() {
        mergeLots();
    }

    @Override
    void begin(int at) {}

    @Override
    void finish(int at) {}

    @Override
    int rowAt(int tileRow) {
        return tileRow * tiles * TILE;
    }

    /** In each round a group of lanes computes four rows x four outputs, and then adds the sums of its lanes. */
    @Override
    void margins(int row, int rows, int model) {
        int units = (rows + TILE - 1) / TILE * tiles;
        int runs = GROUP / lanes;
        int run = getLocalId() / lanes;
        for (int start = 0; start < units; start += runs) {
            int unit = start + run;
            if (unit < units) {
                dots(unit % tiles * TILE, row, unit / tiles * TILE, rows, model);
            }
            localBarrier();
            for (int sum = getLocalId(); sum < runs * SUMS; sum += GROUP) {
                unit = start + sum / SUMS;
                if (unit < units) {
                    addLanes(unit, sum / SUMS * lanes * (SUMS + 1) + sum % SUMS, sum % SUMS, model);
                }
            }
            localBarrier();
        }
    }

    private void addLanes(int unit, int from, int sum, int model) {
        int output = unit % tiles * TILE + sum % TILE;
        int tileRow = unit / tiles * TILE + sum / TILE;
        float total = coefficients[model + min(output, outputs - 1) * (width + 1) + width];
        for (int lane = 0; lane < lanes; lane++) {
            total += scratch[from + lane * (SUMS + 1)];
        }
        if (tileRow < tileRows) {
            multipliers[tileRow * tiles * TILE + output] = total;
        }
    }

    /** Rows beyond the tile and outputs beyond K repeat the last one. */
    private void dots(int output, int row, int tileRow, int rows, int model) {
        int of0 = (row + tileRow) * width;
        int of1 = (row + min(tileRow + 1, rows - 1)) * width;
        int of2 = (row + min(tileRow + 2, rows - 1)) * width;
        int of3 = (row + min(tileRow + 3, rows - 1)) * width;
        int by0 = model + output * (width + 1);
        int by1 = model + min(output + 1, outputs - 1) * (width + 1);
        int by2 = model + min(output + 2, outputs - 1) * (width + 1);
        int by3 = model + min(output + 3, outputs - 1) * (width + 1);
        float s00 = 0, s01 = 0, s02 = 0, s03 = 0;
        float s10 = 0, s11 = 0, s12 = 0, s13 = 0;
        float s20 = 0, s21 = 0, s22 = 0, s23 = 0;
        float s30 = 0, s31 = 0, s32 = 0, s33 = 0;
        for (int j = getLocalId() % lanes; j < width; j += lanes) {
            float x0 = features[of0 + j];
            float x1 = features[of1 + j];
            float x2 = features[of2 + j];
            float x3 = features[of3 + j];
            float c0 = coefficients[by0 + j];
            float c1 = coefficients[by1 + j];
            float c2 = coefficients[by2 + j];
            float c3 = coefficients[by3 + j];
            s00 += x0 * c0;
            s01 += x0 * c1;
            s02 += x0 * c2;
            s03 += x0 * c3;
            s10 += x1 * c0;
            s11 += x1 * c1;
            s12 += x1 * c2;
            s13 += x1 * c3;
            s20 += x2 * c0;
            s21 += x2 * c1;
            s22 += x2 * c2;
            s23 += x2 * c3;
            s30 += x3 * c0;
            s31 += x3 * c1;
            s32 += x3 * c2;
            s33 += x3 * c3;
        }
        int to = getLocalId() * (SUMS + 1);
        keep(to, s00, s01, s02, s03);
        keep(to + TILE, s10, s11, s12, s13);
        keep(to + 2 * TILE, s20, s21, s22, s23);
        keep(to + 3 * TILE, s30, s31, s32, s33);
    }

    private void keep(int to, float sum0, float sum1, float sum2, float sum3) {
        scratch[to] = sum0;
        scratch[to + 1] = sum1;
        scratch[to + 2] = sum2;
        scratch[to + 3] = sum3;
    }

    /** An item computes one feature for four outputs at a time; feature F is the intercept. */
    @Override
    void gradient(int at, int row, int rows, int before) {
        int stride = tiles * TILE;
        for (int unit = getLocalId(); unit < (width + 1) * tiles; unit += GROUP) {
            int j = unit % (width + 1);
            int output = unit / (width + 1) * TILE;
            float sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
            for (int r = 0; r < rows; r++) {
                float x = j < width ? features[(row + r) * width + j] : 1;
                int m = r * stride + output;
                sum0 += x * multipliers[m];
                sum1 += x * multipliers[m + 1];
                sum2 += x * multipliers[m + 2];
                sum3 += x * multipliers[m + 3];
            }
            int to = at + output * (width + 1) + j;
            add(to, output, sum0, before);
            add(to + width + 1, output + 1, sum1, before);
            add(to + 2 * (width + 1), output + 2, sum2, before);
            add(to + 3 * (width + 1), output + 3, sum3, before);
        }
        if (getLocalId() == 0) {
            float lossSum = 0;
            for (int r = 0; r < rows; r++) {
                lossSum += losses[r];
            }
            add(at + size - 1, 0, lossSum, before);
        }
    }

    private void add(int to, int output, float sum, int before) {
        if (output < outputs) {
            partials[to] = before == 0 ? sum : partials[to] + sum;
        }
    }
}
