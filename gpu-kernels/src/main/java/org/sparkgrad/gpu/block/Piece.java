package org.sparkgrad.gpu.block;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows that a block and a row range have in common: what is summed in one go. Never empty.
 *
 * @param blockIndex the block's place in its shard
 * @param block the block
 * @param start its first row in the range
 * @param end one past its last row in the range
 */
public record Piece(int blockIndex, Block block, int start, int end) {
    /**
     * Cuts a range of a shard at the bounds of its blocks.
     *
     * @throws IllegalArgumentException if the range ends beyond the shard
     */
    public static List<Piece> cut(Shard shard, RowRange range) {
        List<Block> blocks = shard.blocks();
        int height = shard.blockRows();
        List<Piece> pieces = new ArrayList<>();
        int row = range.start();
        while (row < range.end()) {
            int index = row / height;
            int start = row - index * height;
            int end = Math.min(range.end() - index * height, height);
            if (index >= blocks.size() || end > blocks.get(index).rows()) {
                throw new IllegalArgumentException("rows [%d, %d) are not all in shard %d of %d rows"
                        .formatted(range.start(), range.end(), shard.number(), shard.rows()));
            }
            pieces.add(new Piece(index, blocks.get(index), start, end));
            row += end - start;
        }
        return pieces;
    }

    /** Returns the number of rows. */
    public int rows() {
        return end - start;
    }

    /** Returns the sum of the rows' weights, in row order: the same bits in every engine. */
    public double weightSum() {
        return rows() == block.rows() ? block.weightSum() : sum(block.weights());
    }

    /** Returns the sum over the rows of other weights of the block. */
    public double sum(double[] weights) {
        return Block.weightSum(weights, start, end);
    }
}
