package org.sparkgrad.gpu.kernel;

/**
 * The dense kernels for GPUs: {@value #GROUP} work items a group, and neighbouring items read neighbouring features. A group
 * sums its lot in tiles of rows. For margins, {@code lanes} items share the features of a row, and add their sums in local
 * memory. For the gradient, each item has features of its own and loops over the rows of the tile, which are in the cache
 * now. Multipliers and losses of the tile are in local memory.
 */
public abstract class FloatGroupKernel extends FloatDenseKernel {
    /** Work items of a group. */
    static final int GROUP = 128;

    /** Numbers of a tree that a group merges: neighbouring items add neighbouring numbers of 32 bytes. */
    private static final int COLUMNS = 8;

    private static final int MAX_LANES = 32;
    private static final int MIN_LANES = 8;
    private static final int FEATURES_PER_LANE = 4;

    final int lanes;
    final int tileRows;

    @Local
    final float[] losses;

    @Local
    final float[] scratch;

    FloatGroupKernel(
            int loss,
            int width,
            int outputs,
            float[] features,
            int[] labels,
            float[] weights,
            int lanes,
            int tileRows,
            int rowMargins,
            int scratchLength) {
        super(loss, width, outputs, features, labels, weights, tileRows * rowMargins);
        this.lanes = lanes;
        this.tileRows = tileRows;
        this.losses = new float[tileRows];
        this.scratch = new float[scratchLength];
    }

    /** Returns how many items share a row of F features: fewer for short rows. */
    static int lanes(int width) {
        int wanted = Integer.highestOneBit(Math.max(1, width / FEATURES_PER_LANE));
        return Math.max(MIN_LANES, Math.min(MAX_LANES, wanted));
    }

    @Override
    public final int items() {
        int merging = treeCount == 0
                ? Math.multiplyExact(partCount, size)
                : Math.multiplyExact(GROUP * treeCount, (size + COLUMNS - 1) / COLUMNS);
        return Math.max(Math.multiplyExact(GROUP, lotCount), merging);
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
        begin(lot * size);
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
        finish(lot * size);
    }

    /** Prepares the sums of a lot. */
    abstract void begin(int at);

    /** Writes the sums of a lot to the partials, as far as they are not there. */
    abstract void finish(int at);

    /** Returns the index of the first margin of a row of the tile. */
    abstract int rowAt(int tileRow);

    /** Computes the margins of a tile, for the model whose coefficients start at an index. */
    abstract void margins(int row, int rows, int model);

    /** Sets the partial sums of a lot to before x their values plus the gradient and the loss of a tile. */
    abstract void gradient(int at, int row, int rows, int before);

    /** Each item adds one number of all lots of a part. */
    final void mergeLots() {
        int item = getGlobalId();
        if (item < partCount * size) {
            addLots(item / size, item % size);
        }
        if (item == 0) {
            sums[2 * size * partCount] = stamp;
        }
    }

    /** A group adds {@value #COLUMNS} numbers of all lots of a tree: rows of items take parts, and then pairs of parts. */
    final void mergeTrees() {
        int chunks = (size + COLUMNS - 1) / COLUMNS;
        int tree = getGroupId() / chunks;
        if (tree < treeCount) {
            int i = getGroupId() % chunks * COLUMNS + getLocalId() % COLUMNS;
            int row = getLocalId() / COLUMNS;
            int rows = i < size ? GROUP / COLUMNS : 0;
            int first = trees[3 * tree];
            int count = trees[3 * tree + 1];
            int step = trees[3 * tree + 2];
            for (int n = row; n < count && rows > 0; n += rows) {
                int part = first + n * step;
                addLots(part, i);
                double high = sums[2 * size * part + i];
                double low = sums[2 * size * part + size + i];
                merged[place(part) + i] = high + low;
            }
            globalBarrier();
            for (int apart = 1; apart < count; apart *= 2) {
                for (int n = 2 * apart * row; n < count && rows > 0; n += 2 * apart * rows) {
                    merged[place(first + n * step) + i] += merged[place(first + (n + apart) * step) + i];
                }
                globalBarrier();
            }
        }
        if (getGlobalId() == 0) {
            merged[size * treeCount] = stamp;
        }
    }

    /**
     * Adds one number of all lots of a part, in order. D. E. Knuth, The Art of Computer Programming, volume 2, 4.2.2,
     * theorem B.
     */
    private void addLots(int part, int i) {
        float sum = part < carried ? carry[2 * size * part + i] : 0;
        float rest = part < carried ? carry[2 * size * part + size + i] : 0;
        int lot = parts[4 * part];
        for (int n = 0; n < parts[4 * part + 1]; n++) {
            float added = partials[(lot + n * parts[4 * part + 2]) * size + i];
            float after = sum + added;
            float taken = after - sum;
            rest += (sum - (after - taken)) + (added - taken);
            sum = after;
        }
        sums[2 * size * part + i] = sum;
        sums[2 * size * part + size + i] = rest;
    }
}
