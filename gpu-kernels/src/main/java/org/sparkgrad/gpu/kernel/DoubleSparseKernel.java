package org.sparkgrad.gpu.kernel;

/**
 * Sums loss and gradient of sparse instances in three passes: margins, multipliers, sums. Margins read the instances by
 * rows, a row and output a work item. Gradients read a copy of them by columns, a run and output a work item: a run is
 * a few hundred consecutive entries of one column of one block, so a column that every row has keeps as many work items
 * busy as many short ones, and nothing is ever added atomically. Neighbouring work items are the outputs of one row or
 * run: they read the same entry, and coefficients or multipliers side by side. The sums of a run depend on its entries
 * and the piece's rows alone; runs and lots of rows merge on the host in double. Where each column holds one value only,
 * no values are read: the coefficients then hold their products with it, and the host multiplies the sums.
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
 * multipliers   N x K        margins after pass 0, weight x multiplier after pass 1; lives on the device
 * losses        N            weight x loss, after pass 1; lives on the device
 * strips        2 a strip    first row, rows
 * lots          2 a lot      first strip, strips
 * pieces        4 a piece    its first run among those of all pieces, its block's first run, first row, end of rows
 * sums          K a run of the pieces, then K + 1 a lot: multipliers, loss; then the stamp
 * </pre>
 */
public final class DoubleSparseKernel extends DoubleLossKernel {
    /** Rows of a strip: they are summed before they are added to the rest. */
    public static final int STRIP = 16;

    private static final int PASSES = 3;
    private static final int GROUP = 64;
    private static final int CHUNK = 32;

    private final int width;
    private final int[] rowStarts;
    private final int[] indices;
    private final double[] values;
    private final int[] runStarts;
    private final int[] runRows;
    private final double[] runValues;
    private final double[] coefficients;
    private final int[] labels;
    private final double[] weights;
    private final double[] multipliers;
    private final double[] losses;
    private int[] strips = new int[2];
    private int[] lots = new int[2];
    private double[] sums = new double[1];
    private int[] pieces = new int[4];
    private int stripCount;
    private int lotCount;
    private int pieceCount;
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
     */
    public DoubleSparseKernel(
            int loss,
            int width,
            int outputs,
            int[] rowStarts,
            int[] indices,
            double[] values,
            int[] runStarts,
            int[] runRows,
            double[] runValues,
            int[] labels,
            double[] weights,
            double[] coefficients) {
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
        this.multipliers = new double[labels.length * outputs];
        this.losses = new double[labels.length];
    }

    /**
     * Names the rows of the next execution.
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
     * Names the runs of the next execution.
     *
     * @param pieceTable its first run among those of all pieces, its block's first run, first row, and end of the rows
     *     of each piece
     * @param nextPieces the pieces in the table
     * @param runs the runs of all pieces
     */
    public void setRuns(int[] pieceTable, int nextPieces, int runs) {
        this.pieces = pieceTable;
        this.pieceCount = nextPieces;
        this.runCount = runs;
    }

    /** Takes 1 if each entry has a value, 0 if the coefficients have been multiplied by the values of the columns. */
    public void setValued(int next) {
        this.valued = next;
    }

    /**
     * Names where the sums of the next execution go.
     *
     * @param next K for each run and K + 1 for each lot, and one number more
     * @param nextStamp what the execution writes behind the sums, to prove that it ran
     */
    public void setSums(double[] next, int nextStamp) {
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
    double margin(int at) {
        return multipliers[at];
    }

    @Override
    void setMargin(int at, double value) {
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

    /** Margin of one row of a strip and one output. */
    private void rowMargin(int stripRow, int output) {
        int strip = stripRow / STRIP;
        int lane = stripRow % STRIP;
        if (lane < strips[2 * strip + 1]) {
            int row = strips[2 * strip] + lane;
            int last = rowStarts[row + 1];
            double sum = 0;
            for (int start = rowStarts[row]; start < last; start += CHUNK) {
                int end = min(start + CHUNK, last);
                double part = 0;
                for (int e = start; e < end; e++) {
                    double c = coefficients[indices[e] * outputs + output];
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

    /** Returns the gradient of one run of the pieces and one output: its entries within the rows of its piece. */
    private double gradient(int plannedRun, int output) {
        int piece = 0;
        int above = pieceCount;
        while (above - piece > 1) {
            int middle = (piece + above) / 2;
            if (pieces[4 * middle] <= plannedRun) {
                piece = middle;
            } else {
                above = middle;
            }
        }
        int run = pieces[4 * piece + 1] + plannedRun - pieces[4 * piece];
        int first = entryFrom(runStarts[run], runStarts[run + 1], pieces[4 * piece + 2]);
        int last = entryFrom(first, runStarts[run + 1], pieces[4 * piece + 3]);
        double sum = 0;
        for (int start = first; start < last; start += STRIP) {
            int end = min(start + STRIP, last);
            double part = 0;
            for (int e = start; e < end; e++) {
                double m = multipliers[runRows[e] * outputs + output];
                part += valued == 1 ? runValues[e] * m : m;
            }
            sum += part;
        }
        return sum;
    }

    /** Returns the first entry of [from, to) whose row is not before the given one, or to. */
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

    /** Returns the multipliers of one output over a lot of rows, or behind the last output their loss. */
    private double lot(int index, int output) {
        int lastStrip = lots[2 * index] + lots[2 * index + 1];
        double sum = 0;
        for (int strip = lots[2 * index]; strip < lastStrip; strip++) {
            int start = strips[2 * strip];
            int end = start + strips[2 * strip + 1];
            double part = 0;
            for (int row = start; row < end; row++) {
                part += output == outputs ? losses[row] : multipliers[row * outputs + output];
            }
            sum += part;
        }
        return sum;
    }
}
