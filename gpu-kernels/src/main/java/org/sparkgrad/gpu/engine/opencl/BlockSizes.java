package org.sparkgrad.gpu.engine.opencl;

import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.SparseBlock;

/**
 * The sizes of one block, or of several together, on a device.
 *
 * @param rows N
 * @param entries features of dense blocks, entries of sparse ones
 * @param values values of sparse blocks, by rows; 0 where each column has one value
 * @param runs R of sparse blocks
 * @param multipliers numbers that the device keeps for the rows of sparse blocks
 * @param sums sums of sparse blocks that move back to the host
 * @param bytes of all arrays, with the tables of a step over all rows if blocks are sparse
 */
record BlockSizes(long rows, long entries, long values, long runs, long multipliers, long sums, long bytes) {
    /** No block. */
    static final BlockSizes NONE = new BlockSizes(0, 0, 0, 0, 0, 0, 0);

    /** Returns the sizes of one block for K outputs, with or without the values of a sparse one. */
    static BlockSizes of(Block block, int outputs, boolean valued) {
        return block instanceof SparseBlock sparse ? sparse(sparse, outputs, valued) : dense((DenseBlock) block);
    }

    private static BlockSizes dense(DenseBlock block) {
        long rows = block.rows();
        long entries = rows * block.features();
        long number = block.precision().bytes();
        return new BlockSizes(rows, entries, 0, 0, 0, 0, number * (entries + rows) + Integer.BYTES * rows);
    }

    private static BlockSizes sparse(SparseBlock block, long outputs, boolean valued) {
        long rows = block.rows();
        long entries = block.indices().length;
        long values = valued ? entries : 0;
        long runs = ColumnRuns.count(block);
        long multipliers = rows * outputs;
        long sums = runs * outputs + SparsePlan.lots(block.rows()) * (outputs + 1);
        long numbers = 2 * values + multipliers + sums + 2 * rows;
        long integers = 2 * entries + runs + 2 * rows;
        long tables = SparsePlan.tableEntries(block.rows());
        long bytes = block.precision().bytes() * numbers + Integer.BYTES * (integers + tables);
        return new BlockSizes(rows, entries, values, runs, multipliers, sums, bytes);
    }

    /** Returns the sizes of this plus those of other. */
    BlockSizes plus(BlockSizes other) {
        return new BlockSizes(
                rows + other.rows,
                entries + other.entries,
                values + other.values,
                runs + other.runs,
                multipliers + other.multipliers,
                sums + other.sums,
                bytes + other.bytes);
    }

    /** Returns the larger of the two for each size. */
    BlockSizes most(BlockSizes other) {
        return new BlockSizes(
                Math.max(rows, other.rows),
                Math.max(entries, other.entries),
                Math.max(values, other.values),
                Math.max(runs, other.runs),
                Math.max(multipliers, other.multipliers),
                Math.max(sums, other.sums),
                Math.max(bytes, other.bytes));
    }

    /** Returns the elements of the largest array. */
    long largest() {
        return Math.max(Math.max(rows, entries), Math.max(multipliers, sums));
    }
}
