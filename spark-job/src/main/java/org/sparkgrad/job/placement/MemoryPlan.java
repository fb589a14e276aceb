package org.sparkgrad.job.placement;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.shard.DataSize;

/**
 * Which shards workers hold from the first step to the last, and which they read from local disk in every step. It
 * follows from sizes alone, and no result depends on it: a shard's sums are the same either way.
 *
 * @param shards S
 * @param workers T
 * @param blockBytes bytes of all blocks
 * @param heap bytes of a worker's share of the heap that Spark leaves to data
 * @param making bytes of it that making or reading a shard, summing matrices, and taking a step's message take for a while
 * @param step what the messages of a step take
 * @param device bytes of device memory for them, beyond which the engine moves rows in every step; null for an engine
 *     without a device
 * @param resident the most shards that a worker holds
 */
public record MemoryPlan(
        int shards,
        int workers,
        long blockBytes,
        long heap,
        long making,
        StepBytes step,
        @Nullable Long device,
        int resident) {
    /** Sizes of a shard, beside what its engine takes, that making one or reading one takes for a while. */
    private static final int MAKING = 3;

    /**
     * Plans. Spark leaves about half of a heap to data; what a task takes to make a shard comes off that.
     *
     * @param size of the training rows
     * @param shards S
     * @param outputs K
     * @param matrix the numbers of the largest symmetric matrix that is summed over the rows, or 0
     * @param places where the T workers run
     */
    public static MemoryPlan of(
            DataSize size, int shards, EngineChoice choice, int outputs, long matrix, List<WorkerSite> places) {
        long blockBytes = size.blockBytes(choice.precision());
        ShardBytes bytes = ShardBytes.of(size, shards, choice, outputs);
        StepBytes step = StepBytes.of(outputs * (size.features() + 1L), choice, shards, places);
        long making = MAKING * blockBytes / shards
                + bytes.heap()
                + triangles(shards, places.size()) * matrix / 2
                + step.heap();
        long heap = least(places, WorkerSite::executor, WorkerSite::heap);
        long fit = Math.max(0, heap - making) / bytes.heap();
        Long device = null;
        if (places.stream().allMatch(place -> place.deviceMemory() != null)) {
            long least = least(places, place -> place.host() + "/" + place.address(), MemoryPlan::memory);
            device = (long) (choice.deviceMemoryFraction() * least);
        }
        return new MemoryPlan(
                shards, places.size(), blockBytes, heap, making, step, device, (int) Math.min(fit, Integer.MAX_VALUE));
    }

    /** Returns the bytes of the matrices, half of each, that a worker merges its shards' in, for each of their numbers. */
    private static long triangles(int shards, int workers) {
        int ofWorker = Math.max(1, shards / workers);
        return (Integer.SIZE - Integer.numberOfLeadingZeros(ofWorker) + 1L) * Double.BYTES;
    }

    private static long memory(WorkerSite place) {
        return place.deviceMemory() == null ? 0 : place.deviceMemory();
    }

    /** Returns the least share of a memory that several workers have together. */
    private static long least(
            List<WorkerSite> places, Function<WorkerSite, String> owner, Function<WorkerSite, Long> memory) {
        Map<String, Long> sharing = places.stream().collect(Collectors.groupingBy(owner, Collectors.counting()));
        return places.stream()
                .mapToLong(place -> memory.apply(place) / sharing.getOrDefault(owner.apply(place), 1L))
                .min()
                .orElseThrow();
    }

    /** Returns the bytes of heap for the shards that a worker holds. */
    public long room() {
        return Math.max(0, heap - making);
    }

    /** Returns whether shards are so large that a worker may not be able to make one. */
    public boolean tight() {
        return making > 2 * heap;
    }

    /** Returns whether every shard stays. */
    public boolean allResident() {
        return streamed() == 0;
    }

    /** Returns how many of the S shards are read in every step. */
    public int streamed() {
        return new ShardAssignment(shards, workers, resident).streamed();
    }

    /** Returns the bytes of a shard's blocks, on average. */
    public long shardBytes() {
        return blockBytes / shards;
    }
}
