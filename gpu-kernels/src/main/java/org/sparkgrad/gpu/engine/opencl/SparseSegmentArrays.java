package org.sparkgrad.gpu.engine.opencl;

import com.aparapi.Kernel;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.SparseBlock;

/**
 * The arrays of a segment of B sparse blocks, one block after the other: Z entries by rows, and again by columns of each
 * block, in R runs. Rows are numbered through the segment. The arrays have the size of the largest segment.
 */
final class SparseSegmentArrays {
    private final Precision precision;
    private final int[] rowStarts;
    private final int[] indices;
    private final DeviceArray values;
    private final int[] runStarts;
    private final int[] runRows;
    private final DeviceArray runValues;
    private final int[] labels;
    private final DeviceArray weights;
    private int[] firstRuns = new int[1];
    private int[] runFeatures = new int[0];

    /** @param largest sizes that no segment exceeds */
    SparseSegmentArrays(Precision precision, BlockSizes largest) {
        // Aparapi does not move arrays without elements.
        int entries = Math.max(1, Math.toIntExact(largest.entries()));
        this.precision = precision;
        this.rowStarts = new int[Math.toIntExact(largest.rows()) + 1];
        this.indices = new int[entries];
        this.values = new DeviceArray(precision, Math.toIntExact(largest.values()));
        this.runStarts = new int[Math.toIntExact(largest.runs()) + 1];
        this.runRows = new int[entries];
        this.runValues = new DeviceArray(precision, Math.toIntExact(largest.values()));
        this.labels = new int[Math.max(1, Math.toIntExact(largest.rows()))];
        this.weights = new DeviceArray(precision, labels.length);
    }

    /** Copies the blocks of a segment into the arrays. */
    void load(Segment segment) {
        int blocks = segment.blocks().size();
        firstRuns = new int[blocks + 1];
        for (int b = 0; b < blocks; b++) {
            firstRuns[b + 1] = firstRuns[b] + ColumnRuns.count(block(segment, b));
        }
        runFeatures = new int[firstRuns[blocks]];
        int at = 0;
        for (int b = 0; b < blocks; b++) {
            SparseBlock block = block(segment, b);
            int firstRow = segment.blocks().get(b).firstRow();
            ColumnRuns runs = new ColumnRuns(block);
            addRows(block, firstRow, at);
            addRuns(runs, firstRow, firstRuns[b], at);
            if (segment.columns() == null) {
                addValues(block, runs, at);
            }
            at += block.indices().length;
        }
        segment.copyLabels(labels);
        segment.copyWeights(weights);
    }

    /** Marks all arrays for the move to the device. */
    void put(Kernel kernel) {
        kernel.put(rowStarts);
        kernel.put(indices);
        values.put(kernel);
        kernel.put(runStarts);
        kernel.put(runRows);
        runValues.put(kernel);
        kernel.put(labels);
        weights.put(kernel);
    }

    private static SparseBlock block(Segment segment, int index) {
        return (SparseBlock) segment.blocks().get(index).values();
    }

    private void addRows(SparseBlock block, int firstRow, int at) {
        int entries = block.indices().length;
        System.arraycopy(block.indices(), 0, indices, at, entries);
        for (int row = 0; row <= block.rows(); row++) {
            rowStarts[firstRow + row] = at + block.starts()[row];
        }
    }

    private void addRuns(ColumnRuns runs, int firstRow, int firstRun, int at) {
        System.arraycopy(runs.features(), 0, runFeatures, firstRun, runs.runs());
        for (int run = 0; run <= runs.runs(); run++) {
            runStarts[firstRun + run] = at + runs.starts()[run];
        }
        for (int e = 0; e < runs.rows().length; e++) {
            runRows[at + e] = firstRow + runs.rows()[e];
        }
    }

    private void addValues(SparseBlock block, ColumnRuns runs, int at) {
        boolean single = precision == Precision.FLOAT;
        int entries = block.indices().length;
        values.copyArray(single ? block.floats() : block.doubles(), entries, at);
        runValues.copyArray(single ? runs.floats() : runs.doubles(), entries, at);
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
    DeviceArray values() {
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
    DeviceArray runValues() {
        return runValues;
    }

    /** Returns the N class indices. */
    int[] labels() {
        return labels;
    }

    /** Returns the N instance weights. */
    DeviceArray weights() {
        return weights;
    }
}
