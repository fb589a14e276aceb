package org.sparkgrad.job.placement;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparkgrad.job.exchange.stage.WorkerLoop;
import org.sparkgrad.job.shard.MergeTree;

/**
 * The memory for the messages of a step. A worker has the coefficients twice on its heap, as received and as doubles,
 * and once outside the heap, in the pieces that the network delivers. Its sums wait outside the heap in a few parts.
 * The driver has the coefficients once outside its heap, and the sums of all workers on its heap.
 *
 * @param question the bytes of the coefficients, in the engine's precision
 * @param array the bytes of an array of doubles with the length of the coefficients or of a sum
 * @param together the largest number of workers of one executor
 * @param sums the number of sums that the workers send
 */
public record StepBytes(long question, long array, long together, long sums) {
    /**
     * Computes the memory.
     *
     * @param coefficients K x (F + 1)
     * @param shards S
     * @param places the places where the T workers run
     */
    static StepBytes of(long coefficients, EngineChoice choice, int shards, List<WorkerSite> places) {
        ShardAssignment assignment = new ShardAssignment(shards, places.size(), shards);
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
                        .mapToObj(w -> MergeTree.cover(assignment.start(w), assignment.start(w + 1)))
                        .mapToLong(List::size)
                        .sum());
    }

    /** Returns the bytes on a worker's heap, without the sums of its shards. */
    long heap() {
        return question + array;
    }

    /** Returns the bytes outside an executor's heap. */
    public long besideHeap() {
        return together * (question + Math.min(array, WorkerLoop.MOST_BUFFERED));
    }

    /** Returns the bytes on the driver's heap. */
    public long driverHeap() {
        return sums * array;
    }

    /** Returns the bytes outside the driver's heap. */
    public long besideDriverHeap() {
        return question;
    }
}
