package org.sparkgrad.gpu.block;

import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive rows of one block: the unit that an engine sums at once. It has at least one row.
 *
 * @param blockIndex the index of the block in its shard
 * @param block the block
 * @param start the first row, counted in the block
 * @param end one past the last row, counted in the block
 */
public record BlockSlice(int blockIndex, Block block, int start, int end) {
    /**
     * Cuts a row range of a shard at the bounds of the shard's blocks; returns the slices in row order.
     *
     * @throws IllegalArgumentException if the range ends beyond the shard
     */
    public static List<BlockSlice> cut(Shard shard, RowRange range) {
        List<Block> blocks = shard.blocks();
        int height = shard.blockRows();
        List<BlockSlice> slices = new ArrayList<>();
        int row = range.start();
        while (row < range.end()) {
            int index = row / height;
            int start = row - index * height;
            int end = Math.min(range.end() - index * height, height);
            if (index >= blocks.size() || end > blocks.get(index).rows()) {
                throw new IllegalArgumentException("rows [%d, %d) are not all in shard %d of %d rows"
                        .formatted(range.start(), range.end(), shard.number(), shard.rows()));
            }
            slices.add(new BlockSlice(index, blocks.get(index), start, end));
            row += end - start;
        }
        return slices;
    }

    /** Returns the number of rows. */
    public int rows() {
        return end - start;
    }

    /** Returns the sum of the rows' weights, in row order: the same bits in every engine. */
    public double weightSum() {
        return rows() == block.rows() ? block.weightSum() : sum(block.weights());
    }

    /** Returns the sum of other weights of the block, N of them, over the rows of this slice. */
    public double sum(double[] weights) {
        return Block.weightSum(weights, start, end);
    }
}
