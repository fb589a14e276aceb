package org.sparkgrad.job.exchange;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.shard.MergeTree;

/**
 * One Spark job a step. Each of T workers is a task over a run of shards, pinned to the executor where its engine was
 * opened; when that executor is gone Spark runs the task elsewhere, which opens an engine there, and the pin follows.
 * The shards that a worker does not hold come from Spark's storage in every step.
 */
public final class JobExchange implements Exchange {
    private final String id = UUID.randomUUID().toString();
    private final JavaRDD<Shard> shards;
    private final EngineChoice choice;
    private final Loss loss;
    private final int resident;
    private final List<String> pins;
    private final Map<String, WorkerReport> reports = new LinkedHashMap<>();
    private JavaRDD<Shard> pinned;

    /** Workers hold all their shards; the arguments are those of the other constructor. */
    public JobExchange(JavaSparkContext spark, JavaRDD<Shard> shards, EngineChoice choice, Loss loss) {
        this(spark, shards, choice, loss, shards.getNumPartitions());
    }

    /**
     * @param shards partition s is shard s, S of them, persisted
     * @param choice the engine of each worker
     * @param loss the loss, with K outputs
     * @param resident the most shards that a worker holds; its others it reads in every step, one at a time
     */
    public JobExchange(JavaSparkContext spark, JavaRDD<Shard> shards, EngineChoice choice, Loss loss, int resident) {
        this.shards = shards;
        this.choice = choice;
        this.loss = loss;
        this.resident = resident;
        this.pins = new ArrayList<>(Workers.pins(spark, choice, shards.getNumPartitions()));
        this.pinned = pin();
    }

    private JavaRDD<Shard> pin() {
        return ShardRuns.pin(shards.mapPartitions(JobExchange::single, true), pins);
    }

    private Division division() {
        return new Division(shards.getNumPartitions(), pins.size(), resident);
    }

    /** Reads a partition to its end, which is when Spark closes its file. */
    private static Iterator<Shard> single(Iterator<Shard> partition) {
        Shard shard = partition.next();
        if (partition.hasNext()) {
            throw new IllegalStateException("a second shard beside shard " + shard.number());
        }
        return List.of(shard).iterator();
    }

    @Override
    public double[] sum(Pass pass) {
        List<WorkerReply> replies = pinned.mapPartitions(new WorkerTask(id, division(), choice, loss, pass), true)
                .collect();
        List<MergeTree.Subtree<double[]>> sums = new ArrayList<>();
        boolean moved = false;
        for (WorkerReply reply : replies) {
            sums.addAll(reply.sums());
            reports.put(reply.incarnation(), reply.report());
            moved |= !reply.location().equals(pins.set(reply.worker(), reply.location()));
        }
        if (moved) {
            pinned = pin();
        }
        return MergeTree.root(sums, shards.getNumPartitions(), Pass::add);
    }

    @Override
    public List<WorkerReport> workers() {
        Map<String, WorkerReport> byDevice = new TreeMap<>();
        for (WorkerReport report : reports.values()) {
            byDevice.merge(report.executor() + "/" + report.address(), report, JobExchange::together);
        }
        return List.copyOf(byDevice.values());
    }

    private static WorkerReport together(WorkerReport a, WorkerReport b) {
        return new WorkerReport(a.executor(), a.address(), a.engine().with(b.engine()));
    }

    /** Closes the engines where the workers are, and drops the blocks. */
    @Override
    public void close() {
        String exchange = id;
        pinned.foreachPartition(ignored -> ResidentEngines.closeAll(exchange));
        shards.unpersist(true);
    }
}
