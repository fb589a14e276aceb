package org.sparkgrad.gpu.engine.opencl;

import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a dense kernel for one execution: consecutive lots of a plan, for M models. The first lot of a slice starts
 * at the slice's first row, so the sums of a slice do not depend on its place in the segment. The M lots of the same rows
 * follow each other in the table, and so do the M parts of a shard. If the shards of a plan merge, each has parts, also one
 * without rows.
 */
final class DenseLaunch {
    /** No rows, for the execution that only moves arrays. The tables are not empty: Aparapi does not move empty arrays. */
    static final DenseLaunch NOTHING = new DenseLaunch(new int[4], new int[4], new int[3], new int[0], 1);

    /** Entries of the tables for a lot, a part and a tree. */
    static final int LOT = 4;

    static final int PART = 4;
    static final int TREE = 3;

    private final int[] lotTable;
    private final int[] partTable;
    private final int[] treeTable;
    private final int[] shards;
    private final int models;

    /** Consecutive runs of rows of one shard. */
    private record Part(int shard, int firstRun, int runs) {}

    private DenseLaunch(int[] lotTable, int[] partTable, int[] treeTable, int[] shards, int models) {
        this.lotTable = lotTable;
        this.partTable = partTable;
        this.treeTable = treeTable;
        this.shards = shards;
        this.models = models;
    }

    /** Returns the number of lots. */
    int lots() {
        return shards.length == 0 ? 0 : lotTable.length / LOT;
    }

    /** Returns the number of trees to which the parts merge, for all models together; 0 if they do not merge. */
    int trees() {
        return shards.length == 0 ? 0 : treeTable.length / TREE;
    }

    /** Returns the number of parts: one for each shard and model. */
    int parts() {
        return shards.length * models;
    }

    /**
     * Cuts a plan.
     *
     * @param lotRows the most rows of a lot
     * @param maxLots the most lots of a launch, at least M
     * @param leftOut the fold that each of the M models leaves out
     * @return one launch if shards merge
     */
    static List<DenseLaunch> cut(SegmentPlan plan, int lotRows, int maxLots, List<Integer> leftOut) {
        int maxRuns = maxLots / leftOut.size();
        List<DenseLaunch> launches = new ArrayList<>();
        List<int[]> runs = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (SegmentPlan.PlacedSlice placed : plan.slices()) {
            for (int row = 0; row < placed.rows(); row += lotRows) {
                if (runs.size() == maxRuns) {
                    launches.add(of(runs, parts, List.of(), leftOut));
                    runs.clear();
                    parts.clear();
                }
                for (int shard = parts.size(); plan.merges() && shard < placed.shard(); shard++) {
                    parts.add(new Part(shard, 0, 0));
                }
                int last = parts.size() - 1;
                if (last < 0 || parts.get(last).shard() != placed.shard()) {
                    parts.add(new Part(placed.shard(), runs.size(), 1));
                } else {
                    Part part = parts.get(last);
                    parts.set(last, new Part(part.shard(), part.firstRun(), part.runs() + 1));
                }
                runs.add(new int[] {placed.firstRow() + row, Math.min(lotRows, placed.rows() - row)});
            }
        }
        int shards = plan.trees().stream().mapToInt(Integer::intValue).sum();
        for (int shard = parts.size(); shard < shards; shard++) {
            parts.add(new Part(shard, 0, 0));
        }
        if (!runs.isEmpty()) {
            launches.add(of(runs, parts, plan.trees(), leftOut));
        }
        return launches;
    }

    private static DenseLaunch of(List<int[]> runs, List<Part> parts, List<Integer> trees, List<Integer> leftOut) {
        int models = leftOut.size();
        int[] lotTable = new int[LOT * models * runs.size()];
        int[] partTable = new int[PART * models * parts.size()];
        int[] treeTable = new int[TREE * models * trees.size()];
        int[] places = places(trees, parts.size());
        for (int m = 0; m < models; m++) {
            for (int r = 0; r < runs.size(); r++) {
                int[] run = runs.get(r);
                put(lotTable, r * models + m, run[0], run[1], m, leftOut.get(m));
            }
            for (int p = 0; p < parts.size(); p++) {
                Part part = parts.get(p);
                put(
                        partTable,
                        p * models + m,
                        part.firstRun() * models + m,
                        part.runs(),
                        models,
                        places[p] * models + m);
            }
            int first = 0;
            for (int t = 0; t < trees.size(); t++) {
                put(treeTable, t * models + m, first * models + m, trees.get(t), models);
                first += trees.get(t);
            }
        }
        int[] shards = parts.stream().mapToInt(Part::shard).toArray();
        return new DenseLaunch(lotTable, partTable, treeTable, shards, models);
    }

    /** Returns the place of each shard's sums: the first shards of trees come first, since what is there then returns. */
    private static int[] places(List<Integer> trees, int shards) {
        int[] places = new int[shards];
        int shard = 0;
        int other = trees.size();
        for (int t = 0; t < trees.size(); t++) {
            places[shard++] = t;
            for (int n = 1; n < trees.get(t); n++) {
                places[shard++] = other++;
            }
        }
        return places;
    }

    private static void put(int[] table, int at, int... entry) {
        System.arraycopy(entry, 0, table, at * entry.length, entry.length);
    }

    /** Returns first row, rows, model and left-out fold of each lot. */
    int[] lotTable() {
        return lotTable;
    }

    /** Returns first lot, lots, step and place of each part. */
    int[] partTable() {
        return partTable;
    }

    /** Returns first part, parts and step of each tree. */
    int[] treeTable() {
        return treeTable;
    }

    /** Returns the index of each shard; each has M parts. */
    int[] shards() {
        return shards;
    }
}
