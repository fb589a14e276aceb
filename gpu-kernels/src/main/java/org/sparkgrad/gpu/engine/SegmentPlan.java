package org.sparkgrad.gpu.engine;

import java.util.List;
import org.sparkgrad.gpu.kernel.GradientKernel;

/**
 * What one step sums in one segment: its pieces, as the kernels' tables. Strips count from a piece's first row, so that
 * the sums of a piece do not depend on where it lies.
 */
final class SegmentPlan {
    private final List<PlacedPiece> pieces;
    private final int[] stripTable;
    private final int[] pieceTable;
    private final int strips;

    /**
     * A piece in a segment.
     *
     * @param shard the index of its shard in the engine
     * @param block the index of its block in the segment
     * @param firstRow its first row in the segment
     * @param piece its rows
     */
    record PlacedPiece(int shard, int block, int firstRow, Piece piece) {}

    /** @param pieces the pieces, in the order of shards and blocks */
    SegmentPlan(List<PlacedPiece> pieces) {
        this.pieces = List.copyOf(pieces);
        this.strips = pieces.stream().mapToInt(p -> strips(p.piece().rows())).sum();
        // Never empty: Aparapi does not move arrays without elements.
        this.stripTable = new int[Math.max(2, 2 * strips)];
        this.pieceTable = new int[Math.max(2, 2 * pieces.size())];
        int strip = 0;
        for (int p = 0; p < this.pieces.size(); p++) {
            PlacedPiece placed = this.pieces.get(p);
            int rows = placed.piece().rows();
            pieceTable[2 * p] = strip;
            pieceTable[2 * p + 1] = strips(rows);
            for (int row = 0; row < rows; row += GradientKernel.STRIP) {
                stripTable[2 * strip] = placed.firstRow() + row;
                stripTable[2 * strip + 1] = Math.min(GradientKernel.STRIP, rows - row);
                strip++;
            }
        }
    }

    private static int strips(int rows) {
        return (rows + GradientKernel.STRIP - 1) / GradientKernel.STRIP;
    }

    /** Returns the pieces in the order of shards and blocks. */
    List<PlacedPiece> pieces() {
        return pieces;
    }

    /** Returns first row and rows of each strip; an array of at least one. */
    int[] stripTable() {
        return stripTable;
    }

    /** Returns first strip and strips of each piece; an array of at least one. */
    int[] pieceTable() {
        return pieceTable;
    }

    /** Returns how many strips there are. */
    int strips() {
        return strips;
    }
}
