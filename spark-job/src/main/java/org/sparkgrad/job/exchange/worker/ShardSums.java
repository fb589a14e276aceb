package org.sparkgrad.job.exchange.worker;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/** What a worker computes, whatever brings it the passes; used by one thread at a time, within tasks. */
public interface ShardSums extends AutoCloseable {
    /** Returns the sums of the worker's shards, merged to maximal subtrees. */
    List<Subtree<double[]>> sums(Pass pass);

    /** Returns who computed and how often; empty before the first pass over training rows. */
    Optional<WorkerReport> report();

    /** Frees the engines. */
    @Override
    void close();

    /** Makes it in a task. */
    @FunctionalInterface
    interface Factory extends Serializable {
        /** Returns the sums of worker w of T. */
        ShardSums open(int worker, int workers);
    }
}
