package org.sparkgrad.job.exchange.worker;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/** Computes the sums of a worker, independently of the exchange. For use within tasks, by one thread at a time. */
public interface ShardSums extends AutoCloseable {
    /** Returns the sums of the worker's shards, merged to maximal subtrees. */
    List<Subtree<double[]>> sums(Pass pass);

    /** Returns the report of the engine; empty before the first pass over training rows. */
    Optional<WorkerReport> report();

    /** Closes the engines. */
    @Override
    void close();

    /** Creates an instance in a task. */
    @FunctionalInterface
    interface Factory extends Serializable {
        /** Returns the sums of worker w of T. */
        ShardSums open(int worker, int workers);
    }
}
