package org.sparkgrad.gpu.engine;

import org.sparkgrad.gpu.block.SparseBlock;

/**
 * The arrays of B sparse blocks, one behind the other: Z entries by rows and again by columns of each block, in R runs.
 * Rows count through the segment. No array is empty: Aparapi would not move it.
 */
final class SparseSegmentArrays {
    private final int[] rowStarts;
    private final int[] indices;
    private final float[] values;
    private final int[] firstRuns;
    private final int[] runFeatures;
    private final int[] runStarts;
    private final int[] runRows;
    private final float[] runValues;

    SparseSegmentArrays(Segment segment) {
        int blocks = segment.blocks().size();
        this.firstRuns = new int[blocks + 1];
        int entries = 0;
        for (int b = 0; b < blocks; b++) {
            SparseBlock block = block(segment, b);
            firstRuns[b + 1] = firstRuns[b] + ColumnRuns.count(block);
            entries = Math.addExact(entries, block.indices().length);
        }
        this.rowStarts = new int[segment.rows() + 1];
        this.indices = new int[Math.max(1, entries)];
        this.values = new float[Math.max(1, entries)];
        this.runFeatures = new int[firstRuns[blocks]];
        this.runStarts = new int[firstRuns[blocks] + 1];
        this.runRows = new int[Math.max(1, entries)];
        this.runValues = new float[Math.max(1, entries)];
        int at = 0;
        for (int b = 0; b < blocks; b++) {
            SparseBlock block = block(segment, b);
            addRows(block, segment.blocks().get(b).firstRow(), at);
            addRuns(new ColumnRuns(block), segment.blocks().get(b).firstRow(), firstRuns[b], at);
            at += block.indices().length;
        }
    }

    private static SparseBlock block(Segment segment, int index) {
        return (SparseBlock) segment.blocks().get(index).values();
    }

    private void addRows(SparseBlock block, int firstRow, int at) {
        System.arraycopy(block.indices(), 0, indices, at, block.indices().length);
        System.arraycopy(block.floats(), 0, values, at, block.floats().length);
        for (int row = 0; row <= block.rows(); row++) {
            rowStarts[firstRow + row] = at + block.starts()[row];
        }
    }

    private void addRuns(ColumnRuns runs, int firstRow, int firstRun, int at) {
        System.arraycopy(runs.features(), 0, runFeatures, firstRun, runs.runs());
        System.arraycopy(runs.floats(), 0, runValues, at, runs.floats().length);
        for (int run = 0; run <= runs.runs(); run++) {
            runStarts[firstRun + run] = at + runs.starts()[run];
        }
        for (int e = 0; e < runs.rows().length; e++) {
            runRows[at + e] = firstRow + runs.rows()[e];
        }
    }

    /** Returns the N + 1 bounds of the rows. */
    int[] rowStarts() {
        return rowStarts;
    }

    /** Returns the Z features, by rows. */
    int[] indices() {
        return indices;
    }

    /** Returns the Z values, by rows. */
    float[] values() {
        return values;
    }

    /** Returns the first run of each of the B blocks, and R. */
    int[] firstRuns() {
        return firstRuns;
    }

    /** Returns the R features of the runs. */
    int[] runFeatures() {
        return runFeatures;
    }

    /** Returns the R + 1 bounds of the runs. */
    int[] runStarts() {
        return runStarts;
    }

    /** Returns the Z rows, by columns of blocks. */
    int[] runRows() {
        return runRows;
    }

    /** Returns the Z values, by columns of blocks. */
    float[] runValues() {
        return runValues;
    }
}
