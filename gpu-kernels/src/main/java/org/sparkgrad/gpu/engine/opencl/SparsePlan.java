package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.kernel.FloatSparseKernel;

/**
 * The tables of the sparse kernel for one step in a segment. Each table has at least one entry, since Aparapi does not move
 * empty arrays. The first strip of a slice starts at the slice's first row, so the sums of a slice do not depend on its
 * place in the segment.
 */
final class SparsePlan {
    /** Strips of a lot; a lot has as many rows as a run has entries. */
    private static final int LOT_STRIPS = 16;

    private static final int STRIP = FloatSparseKernel.STRIP;

    private final int[] strips;
    private final int stripCount;
    private final int[] lots;
    private final int lotCount;
    private final int[] slices;
    private final int sliceCount;
    private final int runCount;

    private SparsePlan(
            int[] strips, int stripCount, int[] lots, int lotCount, int[] slices, int sliceCount, int runCount) {
        this.strips = strips;
        this.stripCount = stripCount;
        this.lots = lots;
        this.lotCount = lotCount;
        this.slices = slices;
        this.sliceCount = sliceCount;
        this.runCount = runCount;
    }

    /** @param firstRuns the first run of each block of the segment, and R */
    static SparsePlan of(List<SegmentPlan.PlacedSlice> slices, int[] firstRuns) {
        int allStrips = slices.stream().mapToInt(p -> strips(p.rows())).sum();
        int allLots = slices.stream().mapToInt(p -> lots(p.rows())).sum();
        int[] strips = new int[Math.max(2, 2 * allStrips)];
        int[] lots = new int[Math.max(2, 2 * allLots)];
        int[] table = new int[Math.max(4, 4 * slices.size())];
        int strip = 0;
        int lot = 0;
        int run = 0;
        for (int p = 0; p < slices.size(); p++) {
            SegmentPlan.PlacedSlice placed = slices.get(p);
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
        return new SparsePlan(strips, allStrips, lots, allLots, table, slices.size(), run);
    }

    private static int strips(int rows) {
        return (rows + STRIP - 1) / STRIP;
    }

    /** Returns how many lots a slice has, by its number of rows. */
    static int lots(int rows) {
        return (strips(rows) + LOT_STRIPS - 1) / LOT_STRIPS;
    }

    /** Returns how many entries the tables have at most for a block, by its number of rows. */
    static long tableEntries(int rows) {
        return 2L * strips(rows) + 2L * lots(rows) + 4;
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

    /** Returns first planned run, block's first run, first row and end of rows of each slice. */
    int[] slices() {
        return slices;
    }

    /** Returns the number of slices. */
    int sliceCount() {
        return sliceCount;
    }

    /** Returns the number of runs of all slices. */
    int runCount() {
        return runCount;
    }
}
