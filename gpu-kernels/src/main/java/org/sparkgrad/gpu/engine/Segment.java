package org.sparkgrad.gpu.engine;

import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.Shard;

/**
 * Consecutive blocks of consecutive shards that share the device arrays of one kernel. A block never crosses a segment.
 *
 * @param index the segment's number
 * @param rows N, over all its blocks
 * @param elements the floats and integers of its device arrays
 * @param blocks the blocks in order
 */
record Segment(int index, int rows, long elements, List<PlacedBlock> blocks) {
    /**
     * Where a block lies.
     *
     * @param shard the index of its shard in the engine
     * @param block the block's index in the shard
     * @param firstRow its first row in the segment
     * @param values the block
     */
    record PlacedBlock(int shard, int block, int firstRow, Block values) {}

    /** The largest array that Aparapi can move: it counts bytes in an int. */
    static final int MAX_FLOATS = (1 << 29) - 1;

    /**
     * Cuts shards into segments whose every array holds at most {@code limit} elements; a block larger than that gets a
     * segment of its own.
     *
     * @param shards the shards, in the engine's order
     * @param outputs K
     * @param limit elements an array
     */
    static List<Segment> cut(List<Shard> shards, int outputs, long limit) {
        List<Segment> segments = new ArrayList<>();
        List<PlacedBlock> placed = new ArrayList<>();
        BlockSizes sizes = BlockSizes.NONE;
        int rows = 0;
        for (int s = 0; s < shards.size(); s++) {
            List<Block> blocks = shards.get(s).blocks();
            for (int b = 0; b < blocks.size(); b++) {
                Block block = blocks.get(b);
                BlockSizes added = BlockSizes.of(block, outputs);
                if (!placed.isEmpty() && sizes.plus(added).largest() >= limit) {
                    segments.add(new Segment(segments.size(), rows, sizes.elements(), List.copyOf(placed)));
                    placed.clear();
                    sizes = BlockSizes.NONE;
                    rows = 0;
                }
                if (block.rows() > 0) {
                    placed.add(new PlacedBlock(s, b, rows, block));
                    sizes = sizes.plus(added);
                    rows += block.rows();
                }
            }
        }
        if (!placed.isEmpty()) {
            segments.add(new Segment(segments.size(), rows, sizes.elements(), List.copyOf(placed)));
        }
        return segments;
    }

    /** Returns the N labels. */
    float[] labels() {
        float[] all = new float[rows];
        for (PlacedBlock placed : blocks) {
            System.arraycopy(
                    placed.values().labels(),
                    0,
                    all,
                    placed.firstRow(),
                    placed.values().rows());
        }
        return all;
    }

    /** Returns the N instance weights in single precision. */
    float[] weights() {
        float[] all = new float[rows];
        for (PlacedBlock placed : blocks) {
            double[] weights = placed.values().weights();
            for (int row = 0; row < weights.length; row++) {
                all[placed.firstRow() + row] = (float) weights[row];
            }
        }
        return all;
    }

    /**
     * Returns what a step sums here.
     *
     * @param pieces the pieces of every shard of the engine, in block order
     */
    SegmentPlan plan(List<List<Piece>> pieces) {
        List<SegmentPlan.PlacedPiece> placedPieces = new ArrayList<>();
        for (int b = 0; b < blocks.size(); b++) {
            PlacedBlock placed = blocks.get(b);
            List<Piece> ofShard = pieces.get(placed.shard());
            int index = ofShard.isEmpty() ? -1 : placed.block() - ofShard.get(0).blockIndex();
            if (index >= 0 && index < ofShard.size()) {
                Piece piece = ofShard.get(index);
                placedPieces.add(
                        new SegmentPlan.PlacedPiece(placed.shard(), b, placed.firstRow() + piece.start(), piece));
            }
        }
        return new SegmentPlan(placedPieces);
    }
}
