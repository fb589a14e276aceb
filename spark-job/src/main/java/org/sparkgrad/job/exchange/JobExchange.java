package org.sparkgrad.job.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.pass.PassWriter;
import org.sparkgrad.job.exchange.worker.ShardSums;
import org.sparkgrad.job.exchange.worker.WorkerCache;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * The reference exchange: one Spark job per step. Each of T workers is a task over a range of shards, pinned to the
 * executor where its engine was opened. If this executor is lost, Spark runs the task elsewhere, the task opens an
 * engine there, and the pin changes. Shards that a worker does not hold are read from Spark's storage in every step.
 * Trainings on several threads may share the exchange: their passes run one after the other, and no returned array is
 * reused.
 */
public final class JobExchange implements Exchange {
    private final String id = UUID.randomUUID().toString();
    private final WorkerPlan plan;
    private final ShardSums.Factory factory;
    private final List<String> pins;
    private final PassWriter passes = new PassWriter(0);
    private final LatestReports reports = new LatestReports();
    private JavaRDD<?> tasks;
    private volatile ExchangeStatistics traffic;

    /** @param plan the sums that the workers compute */
    public JobExchange(JavaSparkContext spark, WorkerPlan plan) {
        this(spark, plan, plan);
    }

    /** Creates an exchange with workers that compute other sums. */
    JobExchange(JavaSparkContext spark, WorkerPlan plan, ShardSums.Factory factory) {
        this.plan = plan;
        this.factory = factory;
        this.pins = new ArrayList<>(plan.pins(spark));
        this.tasks = plan.tasks(pins);
        this.traffic = ExchangeStatistics.none(pins.size());
    }

    @Override
    public synchronized double[] sum(Pass pass) {
        long start = System.nanoTime();
        ByteBuffer bytes = passes.write(pass, plan.precision(pass));
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        List<MergeTree.Subtree<double[]>> sums = new ArrayList<>();
        boolean moved = false;
        List<WorkerReply> replies = run(tasks, exact);
        for (WorkerReply reply : replies) {
            sums.addAll(reply.sums().sums());
            reports.add(reply.sums());
            moved |= !reply.location().equals(pins.set(reply.worker(), reply.location()));
        }
        if (moved) {
            tasks = plan.tasks(pins);
        }
        traffic = traffic.plus(
                System.nanoTime() - start,
                exact.length,
                replies.stream().map(WorkerReply::sums).toList());
        return MergeTree.root(sums, plan.shards(), Pass::add);
    }

    private <T> List<WorkerReply> run(JavaRDD<T> workers, byte[] pass) {
        return ShortJobs.collect(workers.mapPartitions(new WorkerTask<T>(id, pins.size(), factory, pass), true));
    }

    @Override
    public synchronized List<WorkerReport> workers() {
        return reports.byDevice();
    }

    @Override
    public ExchangeStatistics traffic() {
        return traffic;
    }

    /** Closes the engines on the workers and drops the blocks. */
    @Override
    public synchronized void close() {
        if (tasks.context().isStopped()) { // the other executors are lost; in local mode the driver remains
            WorkerCache.closeAll(id);
            return;
        }
        WorkerCache.closeAll(tasks, id);
        plan.release();
    }
}
