package org.sparkgrad.job.placement;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparkgrad.job.exchange.stage.WorkerLoop;
import org.sparkgrad.job.shard.MergeTree;

/**
 * What the messages of a step take. A worker has the coefficients twice on its heap, as they came and as doubles, and once
 * beside it, in the pieces that the network brings; its sums wait beside the heap in a few parts. The driver has them once
 * beside its heap, and all workers' sums on it.
 *
 * @param question bytes of the coefficients, in the engine's precision
 * @param array bytes of an array of doubles of that length: the coefficients', or a sum's
 * @param together the most workers of an executor
 * @param sums how many sums the workers send
 */
public record StepBytes(long question, long array, long together, long sums) {
    /**
     * Computes.
     *
     * @param coefficients K x (F + 1)
     * @param shards S
     * @param places where the T workers run
     */
    static StepBytes of(long coefficients, EngineChoice choice, int shards, List<WorkerSite> places) {
        ShardAssignment division = new ShardAssignment(shards, places.size(), shards);
        return new StepBytes(
                coefficients * choice.precision().bytes(),
                coefficients * Double.BYTES,
                places.stream()
                        .collect(Collectors.groupingBy(WorkerSite::executor, Collectors.counting()))
                        .values()
                        .stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElseThrow(),
                IntStream.range(0, places.size())
                        .mapToObj(w -> MergeTree.cover(division.start(w), division.start(w + 1)))
                        .mapToLong(List::size)
                        .sum());
    }

    /** Returns the bytes on a worker's heap, beside its shards' sums. */
    long heap() {
        return question + array;
    }

    /** Returns the bytes beside an executor's heap. */
    public long besideHeap() {
        return together * (question + Math.min(array, WorkerLoop.MOST_BUFFERED));
    }

    /** Returns the bytes on the driver's heap. */
    public long driverHeap() {
        return sums * array;
    }

    /** Returns the bytes beside the driver's heap. */
    public long besideDriverHeap() {
        return question;
    }
}
