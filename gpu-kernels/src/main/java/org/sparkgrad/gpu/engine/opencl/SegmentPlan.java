package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.block.BlockSlice;

/** The rows of a segment that a step sums. A runner compares plans by identity. */
final class SegmentPlan {
    private final List<PlacedSlice> slices;

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

    /** @param slices the slices, in the order of shards and blocks */
    SegmentPlan(List<PlacedSlice> slices) {
        this.slices = List.copyOf(slices);
    }

    /** Returns the slices in the order of shards and blocks. */
    List<PlacedSlice> slices() {
        return slices;
    }
}
