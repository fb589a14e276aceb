package org.sparkgrad.gpu.block;

/**
 * A copy of a sparse block by columns. The Z entries are in the order of columns, then rows, and are cut into R runs of up
 * to {@value #RUN} entries of one column. A column without entries has no run, so a loop over runs costs no more than the
 * entries do, however wide the block is. Short columns are sorted by their number of entries: so the processor predicts
 * where short runs end, and neighbouring work items have equal work.
 */
public final class ColumnRuns {
    /** Entries of a run: its sum is a sum of sixteen sums of sixteen. */
    public static final int RUN = 256;

    /** Columns with this many entries or more are not sorted by length. */
    private static final int LONG = 16;

    private final int[] features;
    private final int[] starts;
    private final char[] rows;
    private final float[] floats;
    private final double[] doubles;

    /** Copies a block. */
    public ColumnRuns(SparseBlock block) {
        int[] lengths = columnLengths(block);
        this.features = new int[runs(lengths)];
        this.starts = new int[features.length + 1];
        this.rows = new char[block.indices().length];
        boolean single = block.precision() == Precision.FLOAT;
        this.floats = new float[single ? rows.length : 0];
        this.doubles = new double[single ? 0 : rows.length];
        int[] next = new int[lengths.length];
        int run = 0;
        int start = 0;
        for (int j : byLength(lengths)) {
            next[j] = start;
            for (int entry = 0; entry < lengths[j]; entry += RUN) {
                features[run] = j;
                starts[run++] = start + entry;
            }
            start += lengths[j];
        }
        starts[run] = start;
        fill(block, next);
    }

    /** Returns R of a block's copy, without making the copy. */
    public static int count(SparseBlock block) {
        return runs(columnLengths(block));
    }

    private static int[] columnLengths(SparseBlock block) {
        int[] lengths = new int[block.features()];
        for (int feature : block.indices()) {
            lengths[feature]++;
        }
        return lengths;
    }

    /** Returns the columns that have entries, by their number of entries up to {@value #LONG}, then by index. */
    private static int[] byLength(int[] lengths) {
        int[] next = new int[LONG + 2];
        for (int length : lengths) {
            next[Math.min(length, LONG) + 1] += length == 0 ? 0 : 1;
        }
        for (int kind = 0; kind < LONG; kind++) {
            next[kind + 1] += next[kind];
        }
        int[] columns = new int[next[LONG] + next[LONG + 1]];
        for (int j = 0; j < lengths.length; j++) {
            if (lengths[j] > 0) {
                columns[next[Math.min(lengths[j], LONG)]++] = j;
            }
        }
        return columns;
    }

    private static int runs(int[] lengths) {
        int runs = 0;
        for (int length : lengths) {
            runs += (length + RUN - 1) / RUN;
        }
        return runs;
    }

    /** Copies every entry to the next free place of its column; next holds that place for each column. */
    private void fill(SparseBlock block, int[] next) {
        boolean single = floats.length > 0;
        int[] rowStarts = block.starts();
        int[] indices = block.indices();
        for (int row = 0; row < block.rows(); row++) {
            for (int e = rowStarts[row]; e < rowStarts[row + 1]; e++) {
                int to = next[indices[e]]++;
                rows[to] = (char) row;
                if (single) {
                    floats[to] = block.floats()[e];
                } else {
                    doubles[to] = block.doubles()[e];
                }
            }
        }
    }

    /** Returns R. */
    public int runs() {
        return features.length;
    }

    /** Returns the feature of each run. */
    public int[] features() {
        return features;
    }

    /** Returns the R + 1 bounds of the runs among the entries. */
    public int[] starts() {
        return starts;
    }

    /** Returns the row of each of the Z entries, ascending in a column; rows of a block fit 16 bits. */
    public char[] rows() {
        return rows;
    }

    /** Returns the Z values of a single-precision block. */
    public float[] floats() {
        return floats;
    }

    /** Returns the Z values of a double-precision block. */
    public double[] doubles() {
        return doubles;
    }
}
