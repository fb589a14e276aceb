package org.sparkgrad.gpu.kernel;

/** One output on a GPU. If rows are shorter than a group, several items share a feature, and each sums other rows. */
public class FloatGroupBinaryKernel extends FloatGroupKernel {
    /** Rows of a lot. */
    public static final int LOT = 128;

    /** Rows x lanes of a tile. */
    private static final int TILE_ITEMS = 1024;

    final int columns;

    /** The parameters are those of {@link FloatDenseKernel}, with K = 1. */
    public FloatGroupBinaryKernel(
            int loss, int width, int outputs, float[] features, int[] labelsAndFolds, float[] weights) {
        super(
                loss,
                width,
                outputs,
                features,
                labelsAndFolds,
                weights,
                TILE_ITEMS / lanes(width),
                1,
                TILE_ITEMS / lanes(width) * (lanes(width) + 1));
        this.columns = Math.min(GROUP, 2 * Integer.highestOneBit(width + 1));
    }

    @Override
    void merge() {
        mergeLots();
    }

    @Override
    int rowAt(int tileRow) {
        return tileRow;
    }

    @Override
    void margins(int row, int rows, int model) {
        int lane = getLocalId() % lanes;
        for (int r = getLocalId() / lanes; r < rows; r += GROUP / lanes) {
            int of = (row + r) * width;
            float sum = 0;
            for (int j = lane; j < width; j += lanes) {
                sum += features[of + j] * coefficients[model + j];
            }
            scratch[r * (lanes + 1) + lane] = sum;
        }
        localBarrier();
        if (getLocalId() < rows) {
            int from = getLocalId() * (lanes + 1);
            float sum = coefficients[model + width];
            for (int i = from; i < from + lanes; i++) {
                sum += scratch[i];
            }
            multipliers[getLocalId()] = sum;
        }
    }

    @Override
    void gradient(int at, int row, int rows, int before) {
        int column = getLocalId() % columns;
        int share = getLocalId() / columns;
        int shares = GROUP / columns;
        for (int start = 0; start < size; start += columns) {
            int j = start + column;
            float sum = part(j, row, rows, share, shares);
            if (shares > 1) {
                scratch[getLocalId()] = sum;
                localBarrier();
                if (share == 0) {
                    for (int i = 1; i < shares; i++) {
                        sum += scratch[i * columns + column];
                    }
                }
                localBarrier();
            }
            if (share == 0 && j < size) {
                partials[at + j] = before == 0 ? sum : partials[at + j] + sum;
            }
        }
    }

    /** Returns the sum of every n-th row of the tile for a feature; feature F is the intercept, F + 1 the loss. */
    private float part(int j, int row, int rows, int share, int shares) {
        float sum = 0;
        if (j < width) {
            for (int r = share; r < rows; r += shares) {
                sum += features[(row + r) * width + j] * multipliers[r];
            }
        } else if (j == width) {
            for (int r = share; r < rows; r += shares) {
                sum += multipliers[r];
            }
        } else {
            for (int r = share; r < rows; r += shares) {
                sum += losses[r];
            }
        }
        return sum;
    }
}
