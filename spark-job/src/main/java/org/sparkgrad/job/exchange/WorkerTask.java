package org.sparkgrad.job.exchange;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.storage.BlockManagerId;
import org.sparkgrad.job.exchange.pass.PassReader;
import org.sparkgrad.job.exchange.pass.PassWriter;
import org.sparkgrad.job.exchange.worker.ShardSums;
import org.sparkgrad.job.exchange.worker.WorkerCache;
import org.sparkgrad.job.exchange.worker.WorkerCache.Worker;
import org.sparkgrad.job.exchange.worker.WorkerSums;

/** The part of one worker in one step, as a Spark task. */
final class WorkerTask<T> implements FlatMapFunction<Iterator<T>, WorkerReply> {
    private static final long serialVersionUID = 1L;

    private final String exchange;
    private final int workers;
    private final ShardSums.Factory factory;
    private final byte[] pass;

    /** @param pass the bytes that {@link PassWriter} wrote */
    WorkerTask(String exchange, int workers, ShardSums.Factory factory, byte[] pass) {
        this.exchange = exchange;
        this.workers = workers;
        this.factory = factory;
        this.pass = pass;
    }

    @Override
    public Iterator<WorkerReply> call(Iterator<T> ignored) {
        int number = TaskContext.getPartitionId();
        WorkerCache.Key key = new WorkerCache.Key(exchange, number, workers);
        Worker worker = WorkerCache.get(key, () -> factory.open(number, workers));
        try {
            BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
            WorkerSums sums = sums(worker);
            return List.of(new WorkerReply(number, "executor_" + here.host() + "_" + here.executorId(), sums))
                    .iterator();
        } catch (RuntimeException | Error failure) {
            WorkerCache.close(key);
            throw failure;
        }
    }

    /**
     * Computes the sums. A cancelled task computes until the end of its pass, and meanwhile the exchange may be closed.
     */
    private WorkerSums sums(Worker worker) {
        synchronized (worker) {
            if (Objects.requireNonNull(TaskContext.get()).isInterrupted()) {
                throw new TaskKilledException("cancelled before the pass");
            }
            return WorkerSums.of(worker.incarnation(), worker.sums(), new PassReader().read(ByteBuffer.wrap(pass)));
        }
    }
}
