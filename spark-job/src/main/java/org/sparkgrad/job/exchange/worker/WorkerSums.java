package org.sparkgrad.job.exchange.worker;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/**
 * The sums of a worker in one step.
 *
 * @param incarnation the id that distinguishes the worker's engine from an earlier engine
 * @param sums the sums of its shards, merged to maximal subtrees
 * @param nanos the duration of the computation
 * @param report the report of the engine, with all launches; null before the first pass over training rows
 */
public record WorkerSums(
        UUID incarnation,
        List<Subtree<double[]>> sums,
        long nanos,
        @Nullable WorkerReport report) implements Serializable {
    /** Computes the sums of a pass and measures the time. */
    public static WorkerSums of(UUID incarnation, ShardSums shards, Pass pass) {
        long start = System.nanoTime();
        List<Subtree<double[]>> sums = shards.sums(pass);
        return new WorkerSums(
                incarnation, sums, System.nanoTime() - start, shards.report().orElse(null));
    }
}
