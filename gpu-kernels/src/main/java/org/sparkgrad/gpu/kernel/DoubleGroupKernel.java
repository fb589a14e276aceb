package org.sparkgrad.gpu.kernel;

/**
 * The shape for GPUs: {@value #GROUP} work items a group, and neighbouring items read neighbouring features. A group takes
 * its lot in tiles of rows. For margins, {@code lanes} items stride over the features of a row, and their sums meet in
 * local memory; for the gradient, each item owns features and goes through the rows of the tile, which are in the cache
 * by then; multipliers and losses of the tile are in local memory.
 */
public abstract class DoubleGroupKernel extends DoubleDenseKernel {
    /** Work items of a group. */
    static final int GROUP = 128;

    private static final int MAX_LANES = 32;
    private static final int MIN_LANES = 8;
    private static final int FEATURES_PER_LANE = 4;

    final int lanes;
    final int tileRows;

    @Local
    final double[] losses;

    @Local
    final double[] scratch;

    DoubleGroupKernel(
            int loss,
            int width,
            int outputs,
            double[] features,
            int[] labels,
            double[] weights,
            int tileRows,
            int rowMargins,
            int scratchLength) {
        super(loss, width, outputs, features, labels, weights, tileRows * rowMargins);
        this.lanes = lanes(width);
        this.tileRows = tileRows;
        this.losses = new double[tileRows];
        this.scratch = new double[scratchLength];
    }

    /** Returns how many items share a row of F features: fewer where a row is short. */
    static int lanes(int width) {
        int wanted = Integer.highestOneBit(Math.max(1, width / FEATURES_PER_LANE));
        return Math.max(MIN_LANES, Math.min(MAX_LANES, wanted));
    }

    @Override
    public final int items() {
        return Math.max(Math.multiplyExact(GROUP, lotCount), Math.multiplyExact(partCount, size));
    }

    @Override
    public final int groupSize() {
        return GROUP;
    }

    @Override
    void lot(int lot) {
        int first = lots[4 * lot];
        int end = first + lots[4 * lot + 1];
        int model = lots[4 * lot + 2] * outputs * (width + 1);
        for (int row = first; row < end; row += tileRows) {
            int rows = min(tileRows, end - row);
            margins(row, rows, model);
            localBarrier();
            if (getLocalId() < rows) {
                int of = row + getLocalId();
                losses[getLocalId()] = multipliers(rowAt(getLocalId()), 1, label(of), weight(of, lots[4 * lot + 3]));
            }
            localBarrier();
            gradient(lot * size, row, rows, row == first ? 0 : 1);
            localBarrier();
        }
    }

    /** Returns where the margins of a row of the tile start. */
    abstract int rowAt(int tileRow);

    /** Computes the margins of a tile, for the coefficients of a model, which start there. */
    abstract void margins(int row, int rows, int model);

    /** Adds the gradient and the loss of a tile to before x what is in the lot's place of the partials. */
    abstract void gradient(int at, int row, int rows, int before);

    /** One sum an item: its lots in order. Theorem B of 4.2.2 in D. E. Knuth, The Art of Computer Programming, 2. */
    @Override
    void merge() {
        int item = getGlobalId();
        if (item < partCount * size) {
            int part = item / size;
            int i = item % size;
            double sum = part < carried ? carry[2 * size * part + i] : 0;
            double rest = part < carried ? carry[2 * size * part + size + i] : 0;
            int lot = parts[3 * part];
            for (int n = 0; n < parts[3 * part + 1]; n++) {
                double added = partials[(lot + n * parts[3 * part + 2]) * size + i];
                double after = sum + added;
                double taken = after - sum;
                rest += (sum - (after - taken)) + (added - taken);
                sum = after;
            }
            sums[2 * size * part + i] = sum;
            sums[2 * size * part + size + i] = rest;
        }
    }
}
