package org.sparkgrad.job.exchange.worker;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/**
 * What a worker summed in one step.
 *
 * @param incarnation tells the worker's engine from an earlier one
 * @param sums the sums of its shards, merged to maximal subtrees
 * @param nanos how long it computed
 * @param report who computed, with all launches; null before the first pass over training rows
 */
public record WorkerSums(
        UUID incarnation,
        List<Subtree<double[]>> sums,
        long nanos,
        @Nullable WorkerReport report) implements Serializable {
    /** Computes. */
    public static WorkerSums of(UUID incarnation, ShardSums shards, Pass pass) {
        long start = System.nanoTime();
        List<Subtree<double[]>> sums = shards.sums(pass);
        return new WorkerSums(
                incarnation, sums, System.nanoTime() - start, shards.report().orElse(null));
    }
}
