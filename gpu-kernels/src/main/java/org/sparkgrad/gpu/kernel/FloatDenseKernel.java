package org.sparkgrad.gpu.kernel;

/**
 * Sums loss and gradient of dense instances in two passes. In the first, a work-group takes a lot, a run of consecutive
 * rows, tile by tile: margins, multipliers, gradient, so that the second use of a tile finds it in the cache. In the
 * second, the sums of consecutive lots merge to parts, in order. A part is what a launch holds of one shard; its sum is
 * a pair of numbers, the second of which is what the additions to the first rounded off: it keeps twice the digits of the
 * format, on devices without double, too. The sums of a lot depend on its rows alone.
 *
 * <p>Shapes, all flat, with P = K x (F + 1) + 1: the gradient by outputs, the intercept last; then the loss.
 *
 * <pre>
 * features      N x F
 * labels        N            class indices
 * weights       N            instance weights
 * coefficients  K x (F + 1)  the intercept last
 * lots          2 a lot      first row, rows
 * parts         2 a part     first lot, lots
 * partials      P a lot      lives on the device, from the first pass to the second
 * carry         2 x P        the sum of the first part so far, if an earlier launch began it
 * sums          2 x P a part first numbers, second numbers; behind all, the stamp
 * multipliers                margins, then weight x multiplier, of the rows of a tile; in local memory
 * </pre>
 */
public abstract class FloatDenseKernel extends FloatLossKernel {
    /** Passes of one execution: lots, parts. */
    private static final int PASSES = 2;

    final int width;
    final int size;
    final float[] features;
    final int[] labels;
    final float[] weights;
    final float[] coefficients;
    final float[] partials;
    final float[] carry;

    @Local
    final float[] multipliers;

    int[] lots = new int[2];
    int[] parts = new int[2];
    float[] sums = new float[1];
    int lotCount;
    int partCount;
    int carried;

    /**
     * @param loss {@link #LOGISTIC}, {@link #SOFTMAX} or {@link #SQUARED_ERROR}
     * @param width F
     * @param outputs K
     * @param features N x F
     * @param labels N class indices
     * @param weights N instance weights
     * @param coefficients K x (F + 1), written by the caller before each execution
     * @param partials P for each lot of the largest launch
     * @param carry 2 x P, written by the caller before an execution that goes on with a part
     * @param localMargins length of the local multipliers
     */
    FloatDenseKernel(
            int loss,
            int width,
            int outputs,
            float[] features,
            int[] labels,
            float[] weights,
            float[] coefficients,
            float[] partials,
            float[] carry,
            int localMargins) {
        super(loss, outputs);
        this.width = width;
        this.size = outputs * (width + 1) + 1;
        this.features = features;
        this.labels = labels;
        this.weights = weights;
        this.coefficients = coefficients;
        this.partials = partials;
        this.carry = carry;
        this.multipliers = new float[localMargins];
    }

    /**
     * Names the rows of the next execution.
     *
     * @param lotTable first row and rows of each lot
     * @param nextLots the lots in the table
     * @param partTable first lot and lots of each part
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
     * @param nextCarried 1 if the first part goes on from {@code carry}, else 0
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
            if (getGlobalId() == 0) {
                sums[2 * size * partCount] = stamp;
            }
        }
    }

    /** Writes the sums of one lot to its place in the partials; called by all work items of a group. */
    abstract void lot(int lot);

    /** Merges lots to parts; called by all work items. */
    abstract void merge();

    @Override
    float margin(int at) {
        return multipliers[at];
    }

    @Override
    void setMargin(int at, float value) {
        multipliers[at] = value;
    }
}
