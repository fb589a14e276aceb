package org.sparkgrad.job.exchange;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.pass.GradientPass;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.WorkerReport;

/**
 * Sends coefficients to the workers and returns gradient sums, synchronously. Every implementation merges along
 * {@code MergeTree}, so all implementations return the same bits.
 */
public interface Exchange extends AutoCloseable {
    /** Returns the sums over all shards, valid until the next call. */
    double[] sum(Pass pass);

    /**
     * Sums loss and gradient over the slot's rows of every shard; the sum is valid until the next call.
     *
     * @param coefficients K x (F + 1), over trained features
     */
    default GradientSum sum(Coefficients coefficients, BatchSlot slot) {
        return GradientSum.of(sum(new GradientPass(coefficients, slot)));
    }

    /** Returns a report of each engine that has computed so far, by executor, address and device. */
    List<WorkerReport> workers();

    /** Returns the network traffic and the workers' times so far. Any thread may call it. */
    default ExchangeStatistics traffic() {
        return ExchangeStatistics.none(0);
    }

    /** Releases the slots of the cluster until the next pass, if the exchange holds slots. Engines stay open. */
    default void releaseSlots() {}

    /** Closes the engines. */
    @Override
    void close();
}
