package org.sparkgrad.gpu.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Consecutive lots of a plan that one execution sums, as the dense kernels' tables. Lots count from a piece's first row,
 * so that the sums of a piece do not depend on where it lies.
 */
final class DenseLaunch {
    /** No rows, for the execution that moves the arrays: Aparapi does not move empty tables. */
    static final DenseLaunch NOTHING = new DenseLaunch(new int[2], new int[2], new int[0]);

    private final int[] lotTable;
    private final int[] partTable;
    private final int[] shards;

    private DenseLaunch(int[] lotTable, int[] partTable, int[] shards) {
        this.lotTable = lotTable;
        this.partTable = partTable;
        this.shards = shards;
    }

    /** Returns the number of lots. */
    int lots() {
        return parts() == 0 ? 0 : lotTable.length / 2;
    }

    /** Returns the number of parts. */
    int parts() {
        return shards.length;
    }

    /**
     * Cuts a plan.
     *
     * @param lotRows the most rows of a lot
     * @param maxLots the most lots of a launch
     */
    static List<DenseLaunch> cut(SegmentPlan plan, int lotRows, int maxLots) {
        List<DenseLaunch> launches = new ArrayList<>();
        List<int[]> lots = new ArrayList<>();
        List<int[]> parts = new ArrayList<>();
        for (SegmentPlan.PlacedPiece placed : plan.pieces()) {
            for (int row = 0; row < placed.rows(); row += lotRows) {
                if (lots.size() == maxLots) {
                    launches.add(of(lots, parts));
                    lots.clear();
                    parts.clear();
                }
                int last = parts.size() - 1;
                if (last < 0 || parts.get(last)[2] != placed.shard()) {
                    parts.add(new int[] {lots.size(), 1, placed.shard()});
                } else {
                    parts.get(last)[1]++;
                }
                lots.add(new int[] {placed.firstRow() + row, Math.min(lotRows, placed.rows() - row)});
            }
        }
        if (!lots.isEmpty()) {
            launches.add(of(lots, parts));
        }
        return launches;
    }

    private static DenseLaunch of(List<int[]> lots, List<int[]> parts) {
        return new DenseLaunch(
                lots.stream().flatMapToInt(lot -> Arrays.stream(lot)).toArray(),
                parts.stream()
                        .flatMapToInt(part -> IntStream.of(part[0], part[1]))
                        .toArray(),
                parts.stream().mapToInt(part -> part[2]).toArray());
    }

    /** Returns first row and rows of each lot. */
    int[] lotTable() {
        return lotTable;
    }

    /** Returns first lot and lots of each part. */
    int[] partTable() {
        return partTable;
    }

    /** Returns the index of the shard of each part. */
    int[] shards() {
        return shards;
    }
}
