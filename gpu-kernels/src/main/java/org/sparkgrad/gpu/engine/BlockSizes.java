package org.sparkgrad.gpu.engine;

import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.kernel.GradientKernel;

/**
 * What a block, or several, add to the device arrays of a segment.
 *
 * @param features elements of an array of features or entries
 * @param multipliers elements of the multipliers
 * @param sums elements of the sums of all rows
 * @param elements elements of all arrays
 */
record BlockSizes(long features, long multipliers, long sums, long elements) {
    /** No block; one element for the stamp. */
    static final BlockSizes NONE = new BlockSizes(0, 0, 0, 1);

    /** Returns the sizes of one block for K outputs. */
    static BlockSizes of(Block block, int outputs) {
        return block instanceof SparseBlock sparse ? sparse(sparse, outputs) : dense((DenseBlock) block, outputs);
    }

    private static BlockSizes dense(DenseBlock block, long outputs) {
        long features = (long) block.rows() * block.features();
        long multipliers = (long) block.rows() * GradientKernel.tiles((int) outputs) * GradientKernel.TILE;
        long sums = outputs * (block.features() + 1L) + 1;
        return new BlockSizes(features, multipliers, sums, features + multipliers + sums + 3L * block.rows());
    }

    private static BlockSizes sparse(SparseBlock block, long outputs) {
        long entries = block.indices().length;
        long runs = ColumnRuns.count(block);
        long multipliers = block.rows() * outputs;
        long sums = runs * outputs + SparseSegmentSums.lots(block.rows()) * (outputs + 1);
        return new BlockSizes(entries, multipliers, sums, 4 * entries + multipliers + sums + runs + 4L * block.rows());
    }

    /** Returns the sizes of this and other together. */
    BlockSizes plus(BlockSizes other) {
        return new BlockSizes(
                features + other.features,
                multipliers + other.multipliers,
                sums + other.sums,
                elements + other.elements);
    }

    /** Returns the elements of the largest array. */
    long largest() {
        return Math.max(features, Math.max(multipliers, sums));
    }
}
