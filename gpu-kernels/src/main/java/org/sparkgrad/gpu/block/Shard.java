package org.sparkgrad.gpu.block;

import java.io.Serializable;
import java.util.List;

/**
 * A logical shard of the data: its number among the S shards and its rows, cut into blocks from the first row on, all
 * dense or all sparse. All blocks but the last have {@link DenseBlock#rowsFor} or {@link SparseBlock#rowsFor} rows, so
 * a block's bounds depend on nothing but the shard. For models that leave rows out, rows may be in folds.
 */
public final class Shard implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final int features;
    private final List<Block> blocks;
    private final byte[] folds;

    /** A shard whose rows are all in fold 0; the arguments are those of the other constructor. */
    public Shard(int number, int features, List<? extends Block> blocks) {
        this(number, features, blocks, new byte[0]);
    }

    /**
     * @param number the shard's number, from 0
     * @param features F of every block (a shard may be empty, yet has a width)
     * @param blocks the rows in order
     * @param folds the fold of each row, from 0; empty where all are in fold 0; not copied
     * @throws IllegalArgumentException if a block has another width or is of another kind, or a block before the last
     *     has another height, or folds are not those of all rows
     */
    public Shard(int number, int features, List<? extends Block> blocks, byte[] folds) {
        this.number = number;
        this.features = features;
        this.blocks = List.copyOf(blocks);
        this.folds = folds;
        int full = blockRows();
        for (int b = 0; b < blocks.size(); b++) {
            Block block = blocks.get(b);
            boolean last = b == blocks.size() - 1;
            if (block.features() != features || block.rows() > full || (!last && block.rows() < full)) {
                throw new IllegalArgumentException("block %d of shard %d is %d x %d, not %d x %d"
                        .formatted(b, number, block.rows(), block.features(), full, features));
            }
            if (block.getClass() != blocks.get(0).getClass()) {
                throw new IllegalArgumentException("shard %d has dense and sparse blocks".formatted(number));
            }
        }
        if (folds.length > 0 && folds.length != rows()) {
            throw new IllegalArgumentException(
                    "shard %d has %d rows and folds of %d".formatted(number, rows(), folds.length));
        }
    }

    /** Returns the shard's number, from 0. */
    public int number() {
        return number;
    }

    /** Returns F. */
    public int features() {
        return features;
    }

    /** Returns the blocks in row order. */
    public List<Block> blocks() {
        return blocks;
    }

    /** Returns whether the blocks are sparse; an empty shard is not. */
    public boolean sparse() {
        return !blocks.isEmpty() && blocks.get(0) instanceof SparseBlock;
    }

    /** Returns how many rows every block but the last has. */
    public int blockRows() {
        return sparse() ? SparseBlock.rowsFor(features) : DenseBlock.rowsFor(features);
    }

    /** Returns N, over all blocks. */
    public int rows() {
        return blocks.stream().mapToInt(Block::rows).sum();
    }

    /** Returns the fold of a row. */
    public int fold(int row) {
        return folds.length == 0 ? 0 : folds[row];
    }

    /**
     * Returns the weights of a block's rows in a model: 0 in the fold that it leaves out.
     *
     * @param block the block's index
     * @param leftOut the fold, or {@link GridModel#NONE}
     */
    public double[] weights(int block, int leftOut) {
        return weights(block, FoldMask.without(leftOut));
    }

    /**
     * Returns the weights of a block's rows, 0 for rows that the mask does not take.
     *
     * @param block the block's index
     * @param taken the rows that keep their weights
     */
    public double[] weights(int block, FoldMask taken) {
        double[] weights = blocks.get(block).weights();
        if (taken.equals(FoldMask.ALL)) {
            return weights;
        }
        double[] masked = weights.clone();
        int first = block * blockRows();
        for (int row = 0; row < masked.length; row++) {
            if (!taken.takes(fold(first + row))) {
                masked[row] = 0;
            }
        }
        return masked;
    }
}
