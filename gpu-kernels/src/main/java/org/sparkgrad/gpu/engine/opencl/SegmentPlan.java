package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.block.BlockSlice;

/** The rows of a segment that a step sums. A runner compares plans by identity. */
final class SegmentPlan {
    private final List<PlacedSlice> slices;
    private final List<Integer> trees;

    /**
     * A slice and its place in the segment.
     *
     * @param shard the index of its shard in the engine
     * @param block the index of its block in the segment
     * @param firstRow its first row in the segment
     * @param slice its rows
     */
    record PlacedSlice(int shard, int block, int firstRow, BlockSlice slice) {
        int rows() {
            return slice.rows();
        }
    }

    /**
     * @param slices the slices, in the order of shards and blocks
     * @param trees the number of shards of each tree to which the engine's shards merge on the device, all of whose rows
     *     are in this segment and fit one launch; none if the sums of shards return
     */
    SegmentPlan(List<PlacedSlice> slices, List<Integer> trees) {
        this.slices = List.copyOf(slices);
        this.trees = List.copyOf(trees);
    }

    /** Returns the number of shards of each tree. */
    List<Integer> trees() {
        return trees;
    }

    /** Returns whether the device merges the shards. */
    boolean merges() {
        return !trees.isEmpty();
    }

    /** Returns the slices in the order of shards and blocks. */
    List<PlacedSlice> slices() {
        return slices;
    }
}
