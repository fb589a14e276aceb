package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.block.Piece;

/** What one step sums in one segment. One object is one plan: a runner knows it again by that. */
final class SegmentPlan {
    private final List<PlacedPiece> pieces;

    /**
     * A piece in a segment.
     *
     * @param shard the index of its shard in the engine
     * @param block the index of its block in the segment
     * @param firstRow its first row in the segment
     * @param piece its rows
     */
    record PlacedPiece(int shard, int block, int firstRow, Piece piece) {
        int rows() {
            return piece.rows();
        }
    }

    /** @param pieces the pieces, in the order of shards and blocks */
    SegmentPlan(List<PlacedPiece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** Returns the pieces in the order of shards and blocks. */
    List<PlacedPiece> pieces() {
        return pieces;
    }
}
