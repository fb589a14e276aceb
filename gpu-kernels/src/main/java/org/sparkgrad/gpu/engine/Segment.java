package org.sparkgrad.gpu.engine;

import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.kernel.GradientKernel;

/**
 * Consecutive blocks of consecutive shards that share the device arrays of one kernel. A block never crosses a segment.
 *
 * @param index the segment's number
 * @param rows N, over all its blocks
 * @param blocks the blocks in order
 */
record Segment(int index, int rows, List<PlacedBlock> blocks) {
    /**
     * Where a block lies.
     *
     * @param shard the index of its shard in the engine
     * @param block the block's index in the shard
     * @param firstRow its first row in the segment
     * @param values the block
     */
    record PlacedBlock(int shard, int block, int firstRow, DenseBlock values) {}

    /** The largest array that Aparapi can move: it counts bytes in an int. */
    static final int MAX_FLOATS = (1 << 29) - 1;

    /**
     * Cuts shards into segments whose every array holds at most {@code limit} floats; a block larger than that gets a
     * segment of its own.
     *
     * @param shards the shards, in the engine's order
     * @param outputs K
     * @param limit floats an array
     */
    static List<Segment> cut(List<Shard> shards, int outputs, long limit) {
        List<Segment> segments = new ArrayList<>();
        List<PlacedBlock> placed = new ArrayList<>();
        int rows = 0;
        for (int s = 0; s < shards.size(); s++) {
            List<DenseBlock> blocks = shards.get(s).blocks();
            for (int b = 0; b < blocks.size(); b++) {
                DenseBlock block = blocks.get(b);
                int features = block.features();
                long largest = largestArray(placed.size() + 1, (long) rows + block.rows(), features, outputs);
                if (!placed.isEmpty() && largest > limit) {
                    segments.add(new Segment(segments.size(), rows, List.copyOf(placed)));
                    placed.clear();
                    rows = 0;
                }
                if (block.rows() > 0) {
                    placed.add(new PlacedBlock(s, b, rows, block));
                    rows += block.rows();
                }
            }
        }
        if (!placed.isEmpty()) {
            segments.add(new Segment(segments.size(), rows, List.copyOf(placed)));
        }
        return segments;
    }

    private static long largestArray(long blocks, long rows, long features, long outputs) {
        long multipliers = rows * GradientKernel.tiles((int) outputs) * GradientKernel.TILE;
        return Math.max(Math.max(rows * features, multipliers), blocks * (outputs * (features + 1) + 1) + 1);
    }

    /** Returns the floats of the device arrays that live as long as the segment, for K outputs, and of its sums. */
    long floats(int features, int outputs) {
        long perRow = features + 3L + GradientKernel.tiles(outputs) * (long) GradientKernel.TILE;
        return rows * perRow + blocks.size() * (outputs * (features + 1L) + 1) + 1;
    }

    /** Returns the N x F features of all blocks, row-major. */
    float[] features(int features) {
        float[] all = new float[Math.multiplyExact(rows, features)];
        for (PlacedBlock placed : blocks) {
            float[] values = placed.values().floats();
            System.arraycopy(values, 0, all, placed.firstRow() * features, values.length);
        }
        return all;
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
        for (PlacedBlock placed : blocks) {
            List<Piece> ofShard = pieces.get(placed.shard());
            int index = ofShard.isEmpty() ? -1 : placed.block() - ofShard.get(0).blockIndex();
            if (index >= 0 && index < ofShard.size()) {
                Piece piece = ofShard.get(index);
                placedPieces.add(new SegmentPlan.PlacedPiece(placed.shard(), placed.firstRow() + piece.start(), piece));
            }
        }
        return new SegmentPlan(placedPieces);
    }
}
