package org.sparkgrad.gpu.kernel;

/**
 * One output on a GPU. A group copies a tile of rows to local memory while it computes their margins, and reads it there for
 * their gradients, so each feature is read from memory once, whatever the caches. For margins a row has 8, 32 or 128 lanes,
 * more for wider rows; each has eight features on their way at a time. For gradients each item has features of its own. If
 * rows are shorter than a group, several items share a feature, and each sums other rows. A row that is too wide for local
 * memory is read again, from the cache, and its gradients are summed in the partials.
 */
public class FloatGroupBinaryKernel extends FloatGroupKernel {
    /** Rows of a lot. */
    public static final int LOT = 128;

    /** Numbers of the largest tile and its gradients: some GPUs have only 32 KiB of local memory a group. */
    private static final int LOCAL = 27 * 1024 / Float.BYTES;

    /** Numbers of a tile, if a row is not longer. */
    private static final int TILE = 8 * 1024 / Float.BYTES;

    private static final int NARROW = 8;
    private static final int MIDDLE = 32;
    private static final int NARROWEST_MIDDLE = 256;
    private static final int WIDEST_MIDDLE = 1024;
    private static final int BANKS = 32;

    final int columns;
    /** Distance of the rows of a tile. */
    final int stride;
    /** 1 if tiles are copied to local memory. */
    final int staged;

    @Local
    final float[] tile;

    @Local
    final float[] gradients;

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
                lanesOf(width),
                tileRows(width),
                1,
                GROUP + tileRows(width) * (lanesOf(width) == GROUP ? 0 : lanesOf(width) + 1));
        this.columns = Math.min(GROUP, 2 * Integer.highestOneBit(width + 1));
        this.stride = stride(width, lanes);
        this.staged = fits(width, GROUP) ? 1 : 0;
        this.tile = new float[staged == 1 ? tileRows * stride : 1];
        this.gradients = new float[staged == 1 ? size : 1];
    }

    private static int lanesOf(int width) {
        if (width < NARROWEST_MIDDLE && fits(width, NARROW)) {
            return NARROW;
        }
        return width <= WIDEST_MIDDLE && fits(width, MIDDLE) ? MIDDLE : GROUP;
    }

    private static boolean fits(int width, int lanes) {
        return (long) GROUP / lanes * stride(width, lanes) + width <= LOCAL;
    }

    /** Rows whose lanes write side by side begin in other banks. */
    private static int stride(int width, int lanes) {
        return lanes == NARROW ? width + Math.floorMod(NARROW - width, BANKS) : width;
    }

    private static int tileRows(int width) {
        int lanes = lanesOf(width);
        int atOnce = GROUP / lanes;
        return lanes == GROUP ? 1 : Math.min(GROUP, atOnce * Math.max(1, TILE / (atOnce * stride(width, lanes))));
    }

    /** Returns the numbers of a group in local memory. */
    final int localNumbers() {
        return tile.length + gradients.length + scratch.length + multipliers.length + losses.length;
    }

    @Override
    int rowAt(int tileRow) {
        return tileRow;
    }

    @Override
    void begin(int at) {
        for (int j = getLocalId(); j < size; j += GROUP) {
            if (staged == 1) {
                gradients[j] = 0;
            } else {
                partials[at + j] = 0;
            }
        }
    }

    @Override
    void finish(int at) {
        if (staged == 1) {
            for (int j = getLocalId(); j < size; j += GROUP) {
                partials[at + j] = gradients[j];
            }
        }
    }

    @Override
    void margins(int row, int rows, int model) {
        int lane = getLocalId() % lanes;
        if (lanes == GROUP) {
            scratch[lane] = staged == 1
                    ? dot(row * width, model, 0, lane, GROUP, 1)
                    : dot(row * width, model, 0, lane, GROUP, 0);
            localBarrier();
            for (int apart = GROUP / 2; apart > 0; apart /= 2) {
                if (lane < apart) {
                    scratch[lane] += scratch[lane + apart];
                }
                localBarrier();
            }
            if (lane == 0) {
                multipliers[0] = coefficients[model + width] + scratch[0];
            }
        } else {
            for (int r = getLocalId() / lanes; r < rows; r += GROUP / lanes) {
                int of = (row + r) * width;
                scratch[r * (lanes + 1) + lane] = lanes == NARROW
                        ? dot(of, model, r * stride, lane, NARROW, 1)
                        : dot(of, model, r * stride, lane, MIDDLE, 1);
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
    }

    /**
     * Returns the sum of a lane's products. Callers give the distance of lanes as a constant, so that eight features have one
     * address in a register. The loop is written out: compilers do not unroll it, since the arrays may overlap.
     */
    private float dot(int of, int by, int to, int lane, int apart, int copied) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int last = width - 7 * apart;
        for (int j = lane; j < last; j += 8 * apart) {
            float x0 = features[of + j];
            float x1 = features[of + j + apart];
            float x2 = features[of + j + 2 * apart];
            float x3 = features[of + j + 3 * apart];
            float x4 = features[of + j + 4 * apart];
            float x5 = features[of + j + 5 * apart];
            float x6 = features[of + j + 6 * apart];
            float x7 = features[of + j + 7 * apart];
            s0 += x0 * coefficients[by + j];
            s1 += x1 * coefficients[by + j + apart];
            s2 += x2 * coefficients[by + j + 2 * apart];
            s3 += x3 * coefficients[by + j + 3 * apart];
            s0 += x4 * coefficients[by + j + 4 * apart];
            s1 += x5 * coefficients[by + j + 5 * apart];
            s2 += x6 * coefficients[by + j + 6 * apart];
            s3 += x7 * coefficients[by + j + 7 * apart];
            if (copied == 1) {
                tile[to + j] = x0;
                tile[to + j + apart] = x1;
                tile[to + j + 2 * apart] = x2;
                tile[to + j + 3 * apart] = x3;
                tile[to + j + 4 * apart] = x4;
                tile[to + j + 5 * apart] = x5;
                tile[to + j + 6 * apart] = x6;
                tile[to + j + 7 * apart] = x7;
            }
        }
        int from = last > lane ? lane + (last - lane + 8 * apart - 1) / (8 * apart) * 8 * apart : lane;
        if (from + 3 * apart < width) {
            float x0 = features[of + from];
            float x1 = features[of + from + apart];
            float x2 = features[of + from + 2 * apart];
            float x3 = features[of + from + 3 * apart];
            s0 += x0 * coefficients[by + from];
            s1 += x1 * coefficients[by + from + apart];
            s2 += x2 * coefficients[by + from + 2 * apart];
            s3 += x3 * coefficients[by + from + 3 * apart];
            if (copied == 1) {
                tile[to + from] = x0;
                tile[to + from + apart] = x1;
                tile[to + from + 2 * apart] = x2;
                tile[to + from + 3 * apart] = x3;
            }
            from += 4 * apart;
        }
        for (int j = from; j < width; j += apart) {
            float x = features[of + j];
            s0 += x * coefficients[by + j];
            if (copied == 1) {
                tile[to + j] = x;
            }
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    void gradient(int at, int row, int rows, int before) {
        if (lanes == GROUP) {
            addRow(at, row * width);
        } else {
            addRows(rows);
        }
    }

    /** Adds a tile of one row. */
    private void addRow(int at, int of) {
        float multiplier = multipliers[0];
        if (staged == 1) {
            for (int j = getLocalId(); j < width; j += GROUP) {
                gradients[j] += tile[j] * multiplier;
            }
        } else {
            for (int j = getLocalId(); j < width; j += GROUP) {
                partials[at + j] += features[of + j] * multiplier;
            }
        }
        if (getLocalId() == 0) {
            if (staged == 1) {
                gradients[width] += multiplier;
                gradients[width + 1] += losses[0];
            } else {
                partials[at + width] += multiplier;
                partials[at + width + 1] += losses[0];
            }
        }
    }

    /** Adds the rows of a tile in local memory. */
    private void addRows(int rows) {
        int column = getLocalId() % columns;
        int share = getLocalId() / columns;
        int shares = GROUP / columns;
        for (int start = 0; start < size; start += columns) {
            int j = start + column;
            float sum = shares == 1 ? part(j, rows, 0, 1) : part(j, rows, share, shares);
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
                gradients[j] += sum;
            }
        }
    }

    /** Returns the sum of every n-th row of the tile for a feature; feature F is the intercept, F + 1 the loss. */
    private float part(int j, int rows, int share, int shares) {
        float sum = 0;
        if (j < width) {
            float s1 = 0, s2 = 0, s3 = 0;
            int last = rows - 3 * shares;
            int four = 4 * shares;
            for (int r = share; r < last; r += four) {
                sum += tile[r * stride + j] * multipliers[r];
                s1 += tile[(r + shares) * stride + j] * multipliers[r + shares];
                s2 += tile[(r + 2 * shares) * stride + j] * multipliers[r + 2 * shares];
                s3 += tile[(r + 3 * shares) * stride + j] * multipliers[r + 3 * shares];
            }
            int quads = last > share ? (last - share + four - 1) / four : 0;
            for (int r = share + quads * four; r < rows; r += shares) {
                sum += tile[r * stride + j] * multipliers[r];
            }
            sum = (sum + s1) + (s2 + s3);
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

    @Override
    void merge() {
        mergeLots();
    }
}
