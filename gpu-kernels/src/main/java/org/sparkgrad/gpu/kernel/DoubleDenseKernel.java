package org.sparkgrad.gpu.kernel;

/**
 * Sums loss and gradient of dense instances in two passes. In the first, a work-group takes a lot, a run of consecutive
 * rows, tile by tile: margins, multipliers, gradient, so that the second use of a tile finds it in the cache. In the
 * second, the sums of consecutive lots merge to parts, in order. A part is what a launch holds of one shard; its sum is
 * a pair of numbers, the second of which is what the additions to the first rounded off: it keeps twice the digits of the
 * format, on devices without double, too. The sums of a lot depend on its rows and model alone.
 *
 * <p>A launch may sum for several models, each of which may leave out a fold of rows: lots of the same rows follow each
 * other, so that all but the first find the features in the cache.
 *
 * <p>Shapes, all flat, with P = K x (F + 1) + 1: the gradient by outputs, the intercept last; then the loss.
 *
 * <pre>
 * features      N x F
 * labels        N            class indices, the row's fold in the bits from {@value #FOLD_BIT} on
 * weights       N            instance weights
 * coefficients  K x (F + 1)  a model, the intercept last
 * lots          4 a lot      first row, rows, model, the fold it leaves out or -1
 * parts         3 a part     first lot, lots, how far a lot is from the one before
 * partials      P a lot      lives on the device, from the first pass to the second
 * carry         2 x P a part the sums of the first parts so far, if an earlier launch began them
 * sums          2 x P a part first numbers, second numbers; behind all, the stamp
 * multipliers                margins, then weight x multiplier, of the rows of a tile; in local memory
 * </pre>
 */
public abstract class DoubleDenseKernel extends DoubleLossKernel {
    /** Labels are below 2 to this power. */
    public static final int FOLD_BIT = 24;

    static final int LABEL_MASK = (1 << FOLD_BIT) - 1;

    /** Passes of one execution: lots, parts. */
    private static final int PASSES = 2;

    final int width;
    final int size;
    final double[] features;
    final int[] labels;
    final double[] weights;

    @Local
    final double[] multipliers;

    double[] coefficients = new double[1];
    double[] partials = new double[1];
    double[] carry = new double[1];
    int[] lots = new int[4];
    int[] parts = new int[3];
    double[] sums = new double[1];
    int lotCount;
    int partCount;
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
    DoubleDenseKernel(
            int loss, int width, int outputs, double[] features, int[] labels, double[] weights, int localMargins) {
        super(loss, outputs);
        this.width = width;
        this.size = outputs * (width + 1) + 1;
        this.features = features;
        this.labels = labels;
        this.weights = weights;
        this.multipliers = new double[localMargins];
    }

    /**
     * Names the models of the next executions.
     *
     * @param values K x (F + 1) coefficients a model, written by the caller before each execution
     * @param lotSums P for each lot of the largest launch
     * @param carried 2 x P a model, written by the caller before an execution that goes on with its first parts
     */
    public final void setModels(double[] values, double[] lotSums, double[] carried) {
        this.coefficients = values;
        this.partials = lotSums;
        this.carry = carried;
    }

    /**
     * Names the rows of the next execution.
     *
     * @param lotTable first row, rows, model and fold of each lot
     * @param nextLots the lots in the table
     * @param partTable first lot, lots and step of each part
     * @param nextParts the parts in the table
     */
    public final void setRows(int[] lotTable, int nextLots, int[] partTable, int nextParts) {
        this.lots = lotTable;
        this.lotCount = nextLots;
        this.parts = partTable;
        this.partCount = nextParts;
    }

    /**
     * Names where the sums of the next execution go.
     *
     * @param next 2 x P for each part, and one number more
     * @param nextStamp what the execution writes behind the sums, to prove that it ran
     * @param nextCarried how many parts, the first ones, go on from {@code carry}
     */
    public final void setSums(double[] next, int nextStamp, int nextCarried) {
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
            if (getGlobalId() == 0) {
                sums[2 * size * partCount] = stamp;
            }
        }
    }

    /** Writes the sums of one lot to its place in the partials; called by all work items of a group. */
    abstract void lot(int lot);

    /** Merges lots to parts; called by all work items. */
    abstract void merge();

    final int label(int row) {
        return labels[row] & LABEL_MASK;
    }

    /** Returns the weight of a row in a model that leaves out a fold: 0 if that is the row's. */
    final double weight(int row, int leftOut) {
        return labels[row] >> FOLD_BIT == leftOut ? 0 : weights[row];
    }

    @Override
    double margin(int at) {
        return multipliers[at];
    }

    @Override
    void setMargin(int at, double value) {
        multipliers[at] = value;
    }
}
