package org.sparkgrad.gpu.block;

import java.io.Serializable;
import java.util.List;

/**
 * A logical shard of the data: its number among the S shards and its rows, cut into blocks from the first row on.
 * All blocks but the last have {@link DenseBlock#rowsFor} rows, so a block's bounds depend on nothing but the shard.
 */
public final class Shard implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final int features;
    private final List<DenseBlock> blocks;

    /**
     * @param number the shard's number, from 0
     * @param features F of every block (a shard may be empty, yet has a width)
     * @param blocks the rows in order
     * @throws IllegalArgumentException if a block has another width, or a block before the last another height
     */
    public Shard(int number, int features, List<DenseBlock> blocks) {
        this.number = number;
        this.features = features;
        this.blocks = List.copyOf(blocks);
        for (int b = 0; b < blocks.size(); b++) {
            DenseBlock block = blocks.get(b);
            boolean last = b == blocks.size() - 1;
            int full = DenseBlock.rowsFor(features);
            if (block.features() != features || block.rows() > full || (!last && block.rows() < full)) {
                throw new IllegalArgumentException("block %d of shard %d is %d x %d, not %d x %d"
                        .formatted(b, number, block.rows(), block.features(), full, features));
            }
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
    public List<DenseBlock> blocks() {
        return blocks;
    }

    /** Returns N, over all blocks. */
    public int rows() {
        return blocks.stream().mapToInt(DenseBlock::rows).sum();
    }
}
