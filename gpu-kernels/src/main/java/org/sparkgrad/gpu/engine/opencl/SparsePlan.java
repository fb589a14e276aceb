package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.kernel.FloatSparseKernel;

/**
 * What one step sums in a segment of sparse blocks, as the kernel's tables; each of at least one entry, since Aparapi
 * does not move empty arrays. Strips count from a piece's first row, so that the sums of a piece do not depend on where
 * it lies.
 */
final class SparsePlan {
    /** Strips of a lot: with sixteen rows a strip, as many rows as a run has entries. */
    private static final int LOT_STRIPS = 16;

    private static final int STRIP = FloatSparseKernel.STRIP;

    private final int[] strips;
    private final int stripCount;
    private final int[] lots;
    private final int lotCount;
    private final int[] pieces;
    private final int pieceCount;
    private final int runCount;

    private SparsePlan(
            int[] strips, int stripCount, int[] lots, int lotCount, int[] pieces, int pieceCount, int runCount) {
        this.strips = strips;
        this.stripCount = stripCount;
        this.lots = lots;
        this.lotCount = lotCount;
        this.pieces = pieces;
        this.pieceCount = pieceCount;
        this.runCount = runCount;
    }

    /** @param firstRuns the first run of each block of the segment, and R */
    static SparsePlan of(List<SegmentPlan.PlacedPiece> pieces, int[] firstRuns) {
        int allStrips = pieces.stream().mapToInt(p -> strips(p.rows())).sum();
        int allLots = pieces.stream().mapToInt(p -> lots(p.rows())).sum();
        int[] strips = new int[Math.max(2, 2 * allStrips)];
        int[] lots = new int[Math.max(2, 2 * allLots)];
        int[] table = new int[Math.max(4, 4 * pieces.size())];
        int strip = 0;
        int lot = 0;
        int run = 0;
        for (int p = 0; p < pieces.size(); p++) {
            SegmentPlan.PlacedPiece placed = pieces.get(p);
            int end = strip + strips(placed.rows());
            for (int first = strip; first < end; first += LOT_STRIPS) {
                lots[2 * lot] = first;
                lots[2 * lot + 1] = Math.min(LOT_STRIPS, end - first);
                lot++;
            }
            for (int row = 0; row < placed.rows(); row += STRIP) {
                strips[2 * strip] = placed.firstRow() + row;
                strips[2 * strip + 1] = Math.min(STRIP, placed.rows() - row);
                strip++;
            }
            table[4 * p] = run;
            table[4 * p + 1] = firstRuns[placed.block()];
            table[4 * p + 2] = placed.firstRow();
            table[4 * p + 3] = placed.firstRow() + placed.rows();
            run += firstRuns[placed.block() + 1] - firstRuns[placed.block()];
        }
        return new SparsePlan(strips, allStrips, lots, allLots, table, pieces.size(), run);
    }

    private static int strips(int rows) {
        return (rows + STRIP - 1) / STRIP;
    }

    /** Returns the lots of a piece of so many rows. */
    static int lots(int rows) {
        return (strips(rows) + LOT_STRIPS - 1) / LOT_STRIPS;
    }

    /** Returns first row and rows of each strip. */
    int[] strips() {
        return strips;
    }

    /** Returns the number of strips. */
    int stripCount() {
        return stripCount;
    }

    /** Returns first strip and strips of each lot. */
    int[] lots() {
        return lots;
    }

    /** Returns the number of lots. */
    int lotCount() {
        return lotCount;
    }

    /** Returns first planned run, block's first run, first row and end of rows of each piece. */
    int[] pieces() {
        return pieces;
    }

    /** Returns the number of pieces. */
    int pieceCount() {
        return pieceCount;
    }

    /** Returns the number of runs of all pieces. */
    int runCount() {
        return runCount;
    }
}
