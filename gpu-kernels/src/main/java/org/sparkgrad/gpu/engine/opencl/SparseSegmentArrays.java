package org.sparkgrad.gpu.engine.opencl;

import java.util.Arrays;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.device.DeviceArray;
import org.sparkgrad.gpu.device.KernelSession;

/**
 * The arrays of a segment of B sparse blocks, one block after the other: Z entries by rows, and again by columns of each
 * block, in R runs. Rows are numbered through the segment. The arrays have the size of the largest segment.
 */
final class SparseSegmentArrays {
    private final Precision precision;
    private final DeviceArray rowStarts;
    private final DeviceArray indices;
    private final DeviceArray values;
    private final DeviceArray runStarts;
    private final DeviceArray runRows;
    private final DeviceArray runValues;
    private final DeviceArray labels;
    private final DeviceArray weights;
    private final DeviceArray multipliers;
    private final DeviceArray losses;
    private int[] firstRuns = new int[1];
    private int[] runFeatures = new int[0];

    /**
     * @param largest sizes that no segment exceeds
     * @param outputs K
     */
    SparseSegmentArrays(KernelSession session, Precision precision, BlockSizes largest, int outputs) {
        this.precision = precision;
        this.rowStarts = session.ints(largest.rows() + 1);
        this.indices = session.ints(largest.entries());
        this.values = KernelArrays.numbers(session, precision, largest.values());
        this.runStarts = session.ints(largest.runs() + 1);
        this.runRows = session.ints(largest.entries());
        this.runValues = KernelArrays.numbers(session, precision, largest.values());
        this.labels = session.ints(largest.rows());
        this.weights = KernelArrays.numbers(session, precision, largest.rows());
        this.multipliers = KernelArrays.numbers(session, precision, largest.rows() * outputs);
        this.losses = KernelArrays.numbers(session, precision, largest.rows());
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
        segment.writeLabels(labels);
        segment.writeWeights(weights);
    }

    private static SparseBlock block(Segment segment, int index) {
        return (SparseBlock) segment.blocks().get(index).values();
    }

    private void addRows(SparseBlock block, int firstRow, int at) {
        indices.write(at, block.indices(), block.indices().length);
        rowStarts.write(firstRow, plus(block.starts(), block.rows() + 1, at), block.rows() + 1);
    }

    private void addRuns(ColumnRuns runs, int firstRow, int firstRun, int at) {
        System.arraycopy(runs.features(), 0, runFeatures, firstRun, runs.runs());
        runStarts.write(firstRun, plus(runs.starts(), runs.runs() + 1, at), runs.runs() + 1);
        int[] rows = new int[runs.rows().length];
        for (int e = 0; e < rows.length; e++) {
            rows[e] = firstRow + runs.rows()[e];
        }
        runRows.write(at, rows, rows.length);
    }

    private static int[] plus(int[] numbers, int count, int added) {
        return Arrays.stream(numbers, 0, count).map(number -> number + added).toArray();
    }

    private void addValues(SparseBlock block, ColumnRuns runs, int at) {
        boolean single = precision == Precision.FLOAT;
        int entries = block.indices().length;
        values.write(at, single ? block.floats() : block.doubles(), entries);
        runValues.write(at, single ? runs.floats() : runs.doubles(), entries);
    }

    /** Returns the N + 1 bounds of the rows. */
    DeviceArray rowStarts() {
        return rowStarts;
    }

    /** Returns the Z features, by rows. */
    DeviceArray indices() {
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
    DeviceArray runStarts() {
        return runStarts;
    }

    /** Returns the Z rows, by columns of blocks. */
    DeviceArray runRows() {
        return runRows;
    }

    /** Returns the Z values, by columns of blocks. */
    DeviceArray runValues() {
        return runValues;
    }

    /** Returns the N class indices. */
    DeviceArray labels() {
        return labels;
    }

    /** Returns the N instance weights. */
    DeviceArray weights() {
        return weights;
    }

    /** Returns room for N x K multipliers. */
    DeviceArray multipliers() {
        return multipliers;
    }

    /** Returns room for N losses. */
    DeviceArray losses() {
        return losses;
    }
}
