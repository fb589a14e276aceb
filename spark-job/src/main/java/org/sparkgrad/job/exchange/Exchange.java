package org.sparkgrad.job.exchange;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.pass.GradientPass;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.WorkerReport;

/**
 * Carries coefficients to the workers and gradient sums back, synchronously. Every implementation merges along
 * {@code MergeTree}, so all give the same bits.
 */
public interface Exchange extends AutoCloseable {
    /** Returns the sums over all shards, valid until the next call. */
    double[] sum(Pass pass);

    /**
     * Sums loss and gradient over the slot's rows of every shard.
     *
     * @param coefficients K x (F + 1), over trained features
     */
    default GradientSum sum(Coefficients coefficients, BatchSlot slot) {
        return GradientSum.of(sum(new GradientPass(coefficients, slot)));
    }

    /** Returns who has computed so far, by executor, address and device. */
    List<WorkerReport> workers();

    /** Returns what went over the network so far, and where the workers' time went; from any thread. */
    default ExchangeStatistics traffic() {
        return ExchangeStatistics.none(0);
    }

    /** Gives the slots of the cluster back until the next pass, where it holds any; engines stay open. */
    default void releaseSlots() {}

    /** Frees the engines. */
    @Override
    void close();
}
