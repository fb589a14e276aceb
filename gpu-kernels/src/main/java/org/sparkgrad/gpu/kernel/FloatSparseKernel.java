package org.sparkgrad.gpu.kernel;

/**
 * Sums loss and gradient of sparse instances in three passes: margins, multipliers, sums. For margins a work item
 * reads a row, for one output. For gradients a work item reads a run of a copy by columns, for one output. A run is a few
 * hundred consecutive entries of one column of one block, so a long column is shared by many work items, and no atomic
 * additions are needed. Neighbouring work items compute the outputs of the same row or run: they read the same entry, and
 * neighbouring coefficients or multipliers. The sums of a run depend on its entries and the slice's rows alone; the host
 * adds the sums of runs and lots, in double. If each column has one value only, the kernel reads no values: the
 * coefficients are then products with that value, and the host multiplies the sums.
 *
 * <p>Shapes, all flat; Z entries, R runs:
 *
 * <pre>
 * rowStarts     N + 1        bounds of the rows in the next two
 * indices       Z            features, by rows
 * values        Z            values, by rows, if valued
 * runStarts     R + 1        bounds of the runs in the next two
 * runRows       Z            rows, by columns of blocks, ascending in a column
 * runValues     Z            values, by columns of blocks, if valued
 * labels        N            class indices
 * weights       N            instance weights
 * coefficients  (F + 1) x K  the intercept last
 * multipliers   N x K        margins after pass 0, weight x multiplier after pass 1; on the device only
 * losses        N            weight x loss, after pass 1; on the device only
 * strips        2 a strip    first row, rows
 * lots          2 a lot      first strip, strips
 * slices        4 a slice    its first run among those of all slices, its block's first run, first row, end of rows
 * sums          K a run of the slices, then K + 1 a lot: multipliers, loss; then the stamp
 * </pre>
 */
public final class FloatSparseKernel extends FloatLossKernel {
    /** Rows of a strip, whose sum is computed before it is added to the sum of the lot. */
    public static final int STRIP = 16;

    private static final int PASSES = 3;
    private static final int GROUP = 64;
    private static final int CHUNK = 32;

    private final int width;
    private final int[] rowStarts;
    private final int[] indices;
    private final float[] values;
    private final int[] runStarts;
    private final int[] runRows;
    private final float[] runValues;
    private final float[] coefficients;
    private final int[] labels;
    private final float[] weights;
    private final float[] multipliers;
    private final float[] losses;
    private int[] strips = new int[2];
    private int[] lots = new int[2];
    private float[] sums = new float[1];
    private int[] slices = new int[4];
    private int stripCount;
    private int lotCount;
    private int sliceCount;
    private int runCount;
    private int valued = 1;

    /**
     * @param loss {@link #LOGISTIC}, {@link #SOFTMAX} or {@link #SQUARED_ERROR}
     * @param width F
     * @param outputs K
     * @param rowStarts N + 1 bounds of rows
     * @param indices Z features
     * @param values Z values
     * @param runStarts R + 1 bounds of runs
     * @param runRows Z rows
     * @param runValues Z values
     * @param labels N class indices
     * @param weights N instance weights
     * @param coefficients (F + 1) x K, written by the caller before each execution
     * @param multipliers N x K, on the device only
     * @param losses N, on the device only
     */
    public FloatSparseKernel(
            int loss,
            int width,
            int outputs,
            int[] rowStarts,
            int[] indices,
            float[] values,
            int[] runStarts,
            int[] runRows,
            float[] runValues,
            int[] labels,
            float[] weights,
            float[] coefficients,
            float[] multipliers,
            float[] losses) {
        super(loss, outputs);
        this.width = width;
        this.rowStarts = rowStarts;
        this.indices = indices;
        this.values = values;
        this.runStarts = runStarts;
        this.runRows = runRows;
        this.runValues = runValues;
        this.coefficients = coefficients;
        this.labels = labels;
        this.weights = weights;
        this.multipliers = multipliers;
        this.losses = losses;
    }

    /**
     * Sets the rows of the next execution.
     *
     * @param stripTable first row and number of rows of each strip
     * @param strips the strips in the table
     * @param lotTable first strip and number of strips of each lot
     * @param nextLots the lots in the table
     */
    public void setRows(int[] stripTable, int strips, int[] lotTable, int nextLots) {
        this.strips = stripTable;
        this.stripCount = strips;
        this.lots = lotTable;
        this.lotCount = nextLots;
    }

    /**
     * Sets the runs of the next execution.
     *
     * @param sliceTable its first run among those of all slices, its block's first run, first row, and end of the rows
     *     of each slice
     * @param nextSlices the slices in the table
     * @param runs the runs of all slices
     */
    public void setRuns(int[] sliceTable, int nextSlices, int runs) {
        this.slices = sliceTable;
        this.sliceCount = nextSlices;
        this.runCount = runs;
    }

    /** Sets 1 if each entry has a value, 0 if the coefficients are multiplied by the values of the columns. */
    public void setValued(int next) {
        this.valued = next;
    }

    /**
     * Sets the array for the sums of the next execution.
     *
     * @param next K numbers for each run, K + 1 for each lot, and one for the stamp
     * @param nextStamp the number that the execution writes behind the sums, as a proof that it ran
     */
    public void setSums(float[] next, int nextStamp) {
        this.sums = next;
        this.stamp = nextStamp;
    }

    @Override
    public int passes() {
        return PASSES;
    }

    @Override
    public int groupSize() {
        return GROUP;
    }

    @Override
    float margin(int at) {
        return multipliers[at];
    }

    @Override
    void setMargin(int at, float value) {
        multipliers[at] = value;
    }

    @Override
    public int items() {
        long rows = (long) stripCount * STRIP * outputs;
        long gradients = (long) runCount * outputs + (long) lotCount * (outputs + 1) + 1;
        return Math.toIntExact(Math.max(rows, gradients));
    }

    @Override
    public void run() {
        int item = getGlobalId();
        int pass = getPassId();
        if (pass == 0) {
            if (item < stripCount * STRIP * outputs) {
                rowMargin(item / outputs, item % outputs);
            }
        } else if (pass == 1) {
            if (item < stripCount * STRIP) {
                multipliersOf(item);
            }
        } else {
            int ofRuns = runCount * outputs;
            int ofLots = lotCount * (outputs + 1);
            if (item < ofRuns) {
                sums[item] = gradient(item / outputs, item % outputs);
            } else if (item < ofRuns + ofLots) {
                sums[item] = lot((item - ofRuns) / (outputs + 1), (item - ofRuns) % (outputs + 1));
            } else if (item == ofRuns + ofLots) {
                sums[item] = stamp;
            }
        }
    }

    /** Computes the margin of one row of a strip for one output. */
    private void rowMargin(int stripRow, int output) {
        int strip = stripRow / STRIP;
        int lane = stripRow % STRIP;
        if (lane < strips[2 * strip + 1]) {
            int row = strips[2 * strip] + lane;
            int last = rowStarts[row + 1];
            float sum = 0;
            for (int start = rowStarts[row]; start < last; start += CHUNK) {
                int end = min(start + CHUNK, last);
                float part = 0;
                for (int e = start; e < end; e++) {
                    float c = coefficients[indices[e] * outputs + output];
                    part += valued == 1 ? values[e] * c : c;
                }
                sum += part;
            }
            multipliers[row * outputs + output] = sum + coefficients[width * outputs + output];
        }
    }

    private void multipliersOf(int stripRow) {
        int strip = stripRow / STRIP;
        int lane = stripRow % STRIP;
        if (lane < strips[2 * strip + 1]) {
            int row = strips[2 * strip] + lane;
            losses[row] = multipliers(row * outputs, 1, labels[row], weights[row]);
        }
    }

    /** Returns the gradient of one run of the slices and one output: its entries within the rows of its slice. */
    private float gradient(int plannedRun, int output) {
        int slice = 0;
        int above = sliceCount;
        while (above - slice > 1) {
            int middle = (slice + above) / 2;
            if (slices[4 * middle] <= plannedRun) {
                slice = middle;
            } else {
                above = middle;
            }
        }
        int run = slices[4 * slice + 1] + plannedRun - slices[4 * slice];
        int first = entryFrom(runStarts[run], runStarts[run + 1], slices[4 * slice + 2]);
        int last = entryFrom(first, runStarts[run + 1], slices[4 * slice + 3]);
        float sum = 0;
        for (int start = first; start < last; start += STRIP) {
            int end = min(start + STRIP, last);
            float part = 0;
            for (int e = start; e < end; e++) {
                float m = multipliers[runRows[e] * outputs + output];
                part += valued == 1 ? runValues[e] * m : m;
            }
            sum += part;
        }
        return sum;
    }

    /** Returns the first entry in [from, to) whose row is at or after the given row, or to. */
    private int entryFrom(int from, int to, int row) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (runRows[middle] < row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the sum of the multipliers of one output over a lot of rows; output K stands for the loss. */
    private float lot(int index, int output) {
        int lastStrip = lots[2 * index] + lots[2 * index + 1];
        float sum = 0;
        for (int strip = lots[2 * index]; strip < lastStrip; strip++) {
            int start = strips[2 * strip];
            int end = start + strips[2 * strip + 1];
            float part = 0;
            for (int row = start; row < end; row++) {
                part += output == outputs ? losses[row] : multipliers[row * outputs + output];
            }
            sum += part;
        }
        return sum;
    }
}
