package org.sparkgrad.job.placement;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Which shards are whose: worker w of T has the contiguous run {@code [floor(w S / T), floor((w + 1) S / T))}. It holds
 * the last ones of its run and streams the first ones, which are more than it can hold: it reads them in every step.
 *
 * @param shards S
 * @param workers T
 * @param resident the most shards that a worker holds
 */
public record ShardAssignment(int shards, int workers, int resident) implements Serializable {
    /** Returns the first shard of a worker; that of worker T is S. */
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
