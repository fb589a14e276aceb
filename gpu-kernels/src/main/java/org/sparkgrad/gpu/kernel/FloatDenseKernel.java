package org.sparkgrad.gpu.kernel;

/**
 * Sums loss and gradient of dense instances in two passes. In the first pass a work-group sums a lot, that is consecutive
 * rows, tile by tile: margins, multipliers, gradient. So the second use of a tile reads it from the cache. The second pass
 * adds the sums of consecutive lots, in order, to parts. A part is the rows of one shard in a launch; its sum is a pair of
 * numbers, of which the second collects the rounding errors of the first. So it has twice the digits of the format, also on
 * devices without double. The sums of a lot depend on its rows and model alone.
 *
 * <p>If the device computes in double, parts may merge there, too: each becomes one double a number, and the parts of a tree,
 * that is of 2^L consecutive shards, are added as neighbours, then as neighbouring pairs, and so on. There are only additions,
 * which a compiler cannot fuse with multiplications, so the bits are those of the host's doubles.
 *
 * <p>A launch may sum for several models, each of which may leave out a fold of rows. Lots of the same rows follow each
 * other, so that all but the first read the features from the cache.
 *
 * <p>Shapes, all flat, with P = K x (F + 1) + 1: the gradient by outputs, the intercept last; then the loss.
 *
 * <pre>
 * features      N x F
 * labels        N            class indices, the row's fold in the bits from {@value #FOLD_BIT} on
 * weights       N            instance weights
 * coefficients  K x (F + 1)  a model, the intercept last
 * lots          4 a lot      first row, rows, model, the fold it leaves out or -1
 * parts         4 a part     first lot, number of lots, step from a lot to the next, place in merged
 * trees         3 a tree     first part, number of parts, step from a part to the next
 * partials      P a lot      on the device only, from the first pass to the second
 * carry         2 x P a part the sums so far of the first parts, if an earlier launch began their shards
 * sums          2 x P a part first numbers, second numbers; then, after all parts, the stamp
 * merged        P a part     the trees, the stamp, then the parts that are not the first of a tree
 * multipliers                margins, later weight x multiplier, of the rows of a tile; in local memory
 * </pre>
 */
public abstract class FloatDenseKernel extends FloatLossKernel {
    /** Labels use the bits below this one. */
    public static final int FOLD_BIT = 24;

    static final int LABEL_MASK = (1 << FOLD_BIT) - 1;

    /** Passes of one execution: lots, parts. */
    private static final int PASSES = 2;

    final int width;
    final int size;
    final float[] features;
    final int[] labels;
    final float[] weights;

    @Local
    final float[] multipliers;

    float[] coefficients = new float[1];
    float[] partials = new float[1];
    float[] carry = new float[1];
    int[] lots = new int[4];
    int[] parts = new int[4];
    int[] trees = new int[3];
    float[] sums = new float[1];
    double[] merged = new double[1];
    int lotCount;
    int partCount;
    int treeCount;
    int carried;

    /**
     * @param loss {@link #LOGISTIC}, {@link #SOFTMAX} or {@link #SQUARED_ERROR}
     * @param width F
     * @param outputs K
     * @param features N x F
     * @param labels N class indices and folds
     * @param weights N instance weights
     * @param localMargins length of the local multipliers
     */
    FloatDenseKernel(
            int loss, int width, int outputs, float[] features, int[] labels, float[] weights, int localMargins) {
        super(loss, outputs);
        this.width = width;
        this.size = outputs * (width + 1) + 1;
        this.features = features;
        this.labels = labels;
        this.weights = weights;
        this.multipliers = new float[localMargins];
    }

    /**
     * Sets the models of the next executions.
     *
     * @param values K x (F + 1) coefficients a model, written by the caller before each execution
     * @param lotSums P for each lot of the largest launch
     * @param carried 2 x P a model, written by the caller before an execution whose first parts continue a shard
     */
    public final void setModels(float[] values, float[] lotSums, float[] carried) {
        this.coefficients = values;
        this.partials = lotSums;
        this.carry = carried;
    }

    /**
     * Sets the rows of the next execution.
     *
     * @param lotTable first row, rows, model and fold of each lot
     * @param nextLots the lots in the table
     * @param partTable first lot, lots, step and place of each part
     * @param nextParts the parts in the table
     */
    public final void setRows(int[] lotTable, int nextLots, int[] partTable, int nextParts) {
        this.lots = lotTable;
        this.lotCount = nextLots;
        this.parts = partTable;
        this.partCount = nextParts;
    }

    /**
     * Sets the trees of the next execution, in a kernel that merges.
     *
     * @param table first part, parts and step of each tree
     * @param next the trees in the table; without any the sums of parts are what returns
     * @param into P numbers for each part, and one for the stamp
     */
    public final void setTrees(int[] table, int next, double[] into) {
        this.trees = table;
        this.treeCount = next;
        this.merged = into;
    }

    /**
     * Sets the array for the sums of the next execution.
     *
     * @param next 2 x P numbers for each part, and one for the stamp
     * @param nextStamp the number that the execution writes behind the sums, as a proof that it ran
     * @param nextCarried how many of the first parts start from {@code carry} instead of 0
     */
    public final void setSums(float[] next, int nextStamp, int nextCarried) {
        this.sums = next;
        this.stamp = nextStamp;
        this.carried = nextCarried;
    }

    @Override
    public final int passes() {
        return PASSES;
    }

    @Override
    public void run() {
        if (getPassId() == 0) {
            if (getGroupId() < lotCount) {
                lot(getGroupId());
            }
        } else {
            merge();
        }
    }

    /** Writes the sums of one lot to its place in the partials; called by all work items of a group. */
    abstract void lot(int lot);

    /** Adds the sums of lots to parts, and parts to trees in a kernel that merges; called by all work items. */
    abstract void merge();

    /** Returns the index of the first merged number of a part: the stamp is behind the trees. */
    final int place(int part) {
        int place = parts[4 * part + 3];
        return place * size + (place < treeCount ? 0 : 1);
    }

    final int label(int row) {
        return labels[row] & LABEL_MASK;
    }

    /** Returns the weight of a row in a model that leaves out a fold: 0 if the row is in that fold. */
    final float weight(int row, int leftOut) {
        return labels[row] >> FOLD_BIT == leftOut ? 0 : weights[row];
    }

    @Override
    float margin(int at) {
        return multipliers[at];
    }

    @Override
    void setMargin(int at, float value) {
        multipliers[at] = value;
    }
}
