package org.sparkgrad.job.placement;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.shard.DataSize;

/**
 * Decides which shards workers hold during the whole training and which shards they read from local disk in every step.
 * The plan follows from sizes alone. The plan changes no result, because the sums of a shard are the same in both
 * cases.
 *
 * @param shards S
 * @param workers T
 * @param blockBytes the bytes of all blocks
 * @param heap the bytes of a worker's share of the heap that Spark leaves to data
 * @param making the bytes of this share that are needed temporarily: to create or read a shard, to sum matrices, and to
 *     receive the message of a step
 * @param step the bytes of the messages of a step
 * @param device the bytes of device memory for blocks, above which the engine moves rows in every step; null for an
 *     engine without a device
 * @param resident the largest number of shards that a worker holds
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
    /**
     * The memory to create or read a shard temporarily, in multiples of the shard's size, without the memory of the
     * engine.
     */
    private static final int MAKING = 3;

    /**
     * Computes the plan. Spark leaves about half of a heap to data; the memory with which a task creates a shard is
     * subtracted.
     *
     * @param size the size of the training rows
     * @param shards S
     * @param outputs K
     * @param matrix the number of elements of the largest symmetric matrix that is summed over the rows, or 0
     * @param places the places where the T workers run
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

    /**
     * Returns, for each element, the bytes of the half matrices in which a worker merges the matrices of its shards.
     */
    private static long triangles(int shards, int workers) {
        int ofWorker = Math.max(1, shards / workers);
        return (Integer.SIZE - Integer.numberOfLeadingZeros(ofWorker) + 1L) * Double.BYTES;
    }

    private static long memory(WorkerSite place) {
        return place.deviceMemory() == null ? 0 : place.deviceMemory();
    }

    /** Returns the smallest share of a memory that several workers use together. */
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

    /** Returns whether shards are so large that a worker may be unable to create one. */
    public boolean tight() {
        return making > 2 * heap;
    }

    /** Returns whether workers hold every shard. */
    public boolean allResident() {
        return streamed() == 0;
    }

    /** Returns how many of the S shards are read in every step. */
    public int streamed() {
        return new ShardAssignment(shards, workers, resident).streamed();
    }

    /** Returns the average bytes of a shard's blocks. */
    public long shardBytes() {
        return blockBytes / shards;
    }
}
