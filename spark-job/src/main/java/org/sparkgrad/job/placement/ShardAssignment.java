package org.sparkgrad.job.placement;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Assigns shards to workers: worker w of T has the contiguous range {@code [floor(w S / T), floor((w + 1) S / T))}. The
 * worker holds the last shards of its range. If the range has more shards than the worker can hold, the worker streams
 * the first shards: it reads them in every step.
 *
 * @param shards S
 * @param workers T
 * @param resident the largest number of shards that a worker holds
 */
public record ShardAssignment(int shards, int workers, int resident) implements Serializable {
    /** Returns the first shard of a worker; S for worker T. */
    public int start(int worker) {
        return (int) ((long) worker * shards / workers);
    }

    /** Returns how many shards a worker streams. */
    public int streamed(int worker) {
        return Math.max(0, start(worker + 1) - start(worker) - resident);
    }

    /** Returns how many shards all workers stream. */
    public int streamed() {
        return IntStream.range(0, workers).map(this::streamed).sum();
    }
}
