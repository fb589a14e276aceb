package org.sparkgrad.gpu.engine.opencl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.device.DeviceArray;
import org.sparkgrad.gpu.kernel.FloatDenseKernel;

/**
 * Consecutive blocks of consecutive shards that share the device arrays of one kernel. A block is in one segment only.
 *
 * @param index the segment's number
 * @param sizes of all its blocks together
 * @param columns the values of the columns of all its blocks; null if blocks are dense, or have a value for each entry
 * @param blocks the blocks in order
 */
record Segment(int index, BlockSizes sizes, @Nullable ColumnValues columns, List<PlacedBlock> blocks) {
    /**
     * A block and its place in the segment.
     *
     * @param shard the index of its shard in the engine
     * @param block the block's index in the shard
     * @param firstRow its first row in the segment
     * @param values the block
     */
    record PlacedBlock(int shard, int block, int firstRow, Block values) {}

    /**
     * Cuts shards into segments. The arrays of a segment have fewer than {@code elements} elements each, and at most {@code
     * bytes} bytes together; a larger block gets a segment of its own. A segment has only blocks with values, or only blocks
     * without.
     *
     * @param shards the shards, in the engine's order
     * @param outputs K
     */
    static List<Segment> cut(List<Shard> shards, int outputs, long elements, long bytes) {
        List<Segment> segments = new ArrayList<>();
        List<PlacedBlock> placed = new ArrayList<>();
        BlockSizes sizes = BlockSizes.NONE;
        ColumnValues columns = null;
        for (int s = 0; s < shards.size(); s++) {
            List<Block> blocks = shards.get(s).blocks();
            for (int b = 0; b < blocks.size(); b++) {
                Block block = blocks.get(b);
                if (block.rows() == 0) {
                    continue;
                }
                ColumnValues own = block instanceof SparseBlock sparse ? ColumnValues.of(sparse) : null;
                BlockSizes ownSizes = BlockSizes.of(block, outputs, own == null);
                BlockSizes together = sizes.plus(ownSizes);
                ColumnValues shared = columns == null || own == null ? null : columns.with(own);
                boolean alike = shared != null || (columns == null && own == null);
                if (!placed.isEmpty() && (!alike || together.largest() >= elements || together.bytes() > bytes)) {
                    segments.add(new Segment(segments.size(), sizes, columns, List.copyOf(placed)));
                    placed.clear();
                    sizes = BlockSizes.NONE;
                }
                columns = placed.isEmpty() ? own : shared;
                placed.add(new PlacedBlock(s, b, Math.toIntExact(sizes.rows()), block));
                sizes = sizes.plus(ownSizes);
            }
        }
        if (!placed.isEmpty()) {
            segments.add(new Segment(segments.size(), sizes, columns, List.copyOf(placed)));
        }
        return segments;
    }

    /** Returns N, over all its blocks. */
    int rows() {
        return Math.toIntExact(sizes.rows());
    }

    /** Returns whether its blocks are sparse. */
    boolean sparse() {
        return blocks.get(0).values() instanceof SparseBlock;
    }

    /** Writes the N class indices. */
    void writeLabels(DeviceArray to) {
        for (PlacedBlock placed : blocks) {
            to.write(placed.firstRow(), classes(placed), placed.values().rows());
        }
    }

    /** Writes the N class indices and the folds of the rows. */
    void writeLabels(DeviceArray to, List<Shard> shards) {
        for (PlacedBlock placed : blocks) {
            Shard shard = shards.get(placed.shard());
            int first = placed.block() * shard.blockRows();
            int[] classes = classes(placed);
            for (int row = 0; row < classes.length; row++) {
                classes[row] += shard.fold(first + row) << FloatDenseKernel.FOLD_BIT;
            }
            to.write(placed.firstRow(), classes, classes.length);
        }
    }

    private static int[] classes(PlacedBlock placed) {
        float[] labels = placed.values().labels();
        int[] classes = new int[labels.length];
        for (int row = 0; row < labels.length; row++) {
            classes[row] = (int) labels[row];
        }
        return classes;
    }

    /** Writes the N instance weights. */
    void writeWeights(DeviceArray to) {
        for (PlacedBlock placed : blocks) {
            to.writeRounded(placed.firstRow(), placed.values().weights());
        }
    }

    /** Writes the N instance weights in a model that leaves out a fold, or {@link GridModel#NONE}. */
    void writeWeights(DeviceArray to, List<Shard> shards, int leftOut) {
        for (PlacedBlock placed : blocks) {
            to.writeRounded(placed.firstRow(), shards.get(placed.shard()).weights(placed.block(), leftOut));
        }
    }

    /**
     * Returns which rows of this segment a step sums.
     *
     * @param slices the slices of every shard of the engine, in block order
     * @param trees the number of shards of each tree that the device merges; none if it merges none
     */
    SegmentPlan plan(List<List<BlockSlice>> slices, List<Integer> trees) {
        List<SegmentPlan.PlacedSlice> placedSlices = new ArrayList<>();
        for (int b = 0; b < blocks.size(); b++) {
            PlacedBlock placed = blocks.get(b);
            List<BlockSlice> ofShard = slices.get(placed.shard());
            int index = ofShard.isEmpty() ? -1 : placed.block() - ofShard.get(0).blockIndex();
            if (index >= 0 && index < ofShard.size()) {
                BlockSlice slice = ofShard.get(index);
                placedSlices.add(
                        new SegmentPlan.PlacedSlice(placed.shard(), b, placed.firstRow() + slice.start(), slice));
            }
        }
        return new SegmentPlan(placedSlices, trees);
    }
}
