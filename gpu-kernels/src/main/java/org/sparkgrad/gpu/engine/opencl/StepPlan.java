package org.sparkgrad.gpu.engine.opencl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.ShardTrees;

/** The rows of a step: what each segment sums, and the sums of their weights. */
final class StepPlan {
    private final List<Shard> shards;
    private final List<List<BlockSlice>> slices;
    private final List<SegmentPlan> segments;
    private final List<Integer> trees;
    /** A weight sum for each shard, or for each tree if shards merge, by the fold that is left out. */
    private final Map<Integer, double[]> weightSums = new HashMap<>();

    private StepPlan(
            List<Shard> shards, List<List<BlockSlice>> slices, List<SegmentPlan> segments, List<Integer> trees) {
        this.shards = shards;
        this.slices = slices;
        this.segments = segments;
        this.trees = trees;
    }

    /**
     * What decides a plan.
     *
     * @param ranges a range for each shard
     * @param trees the number of shards of each tree to which shards merge if they can; none if they do not merge
     * @param models the models that a launch sums for
     */
    record Request(List<RowRange> ranges, List<Integer> trees, int models) {}

    /**
     * Plans a step. Shards merge on the device only if all are in one segment there and one launch sums all rows.
     *
     * @param lotRows the most rows of a dense lot
     */
    static StepPlan of(List<Shard> shards, DeviceMemoryPlan memory, Request request, int lotRows) {
        List<List<BlockSlice>> slices = new ArrayList<>(shards.size());
        for (int s = 0; s < shards.size(); s++) {
            slices.add(BlockSlice.cut(shards.get(s), request.ranges().get(s)));
        }
        int lots = slices.stream()
                .flatMap(List::stream)
                .mapToInt(slice -> (slice.rows() + lotRows - 1) / lotRows)
                .sum();
        // A part of each shard has a place among the sums, which the memory plan bounds by the lots.
        boolean oneLaunch = (long) request.models() * Math.max(lots, shards.size()) <= memory.lots();
        boolean one = memory.merges() && lots > 0 && oneLaunch;
        List<Integer> trees = one ? request.trees() : List.of();
        List<SegmentPlan> plans = memory.segments().stream()
                .map(segment -> segment.plan(slices, trees))
                .toList();
        return new StepPlan(shards, slices, plans, trees);
    }

    /** Returns the number of slices. */
    int slices() {
        return slices.stream().mapToInt(List::size).sum();
    }

    /** Returns whether the device merges the shards. */
    boolean merges() {
        return !trees.isEmpty();
    }

    /** Returns the rows that a segment sums. */
    SegmentPlan of(Segment segment) {
        return segments.get(segment.index());
    }

    /** Returns the weight sum of each shard, or of each tree if shards merge, in a model that leaves out a fold. */
    double[] weightSums(int leftOut) {
        return weightSums.computeIfAbsent(leftOut, this::weigh);
    }

    private double[] weigh(int leftOut) {
        List<Double> sums = new ArrayList<>();
        for (int s = 0; s < shards.size(); s++) {
            double sum = 0;
            for (BlockSlice slice : slices.get(s)) {
                sum += slice.sum(shards.get(s).weights(slice.blockIndex(), leftOut));
            }
            sums.add(sum);
        }
        List<Double> returned = merges() ? ShardTrees.merge(sums, trees, Double::sum) : sums;
        return returned.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
