package org.sparkgrad.job.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineReport;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.shard.MergeTree;

/**
 * One Spark job a step. Each of T workers is a task over a run of shards, pinned to the executor where its engine was
 * opened; when that executor is gone Spark runs the task elsewhere, which opens an engine there, and the pin follows.
 */
public final class JobExchange implements Exchange {
    private final String id = UUID.randomUUID().toString();
    private final JavaRDD<Shard> shards;
    private final EngineChoice choice;
    private final Loss loss;
    private final List<String> pins;
    private final Map<String, WorkerReport> reports = new LinkedHashMap<>();
    private JavaRDD<Shard> pinned;

    /**
     * @param shards partition s is shard s, S of them, persisted
     * @param choice the engine of each worker
     * @param loss the loss, with K outputs
     */
    public JobExchange(JavaSparkContext spark, JavaRDD<Shard> shards, EngineChoice choice, Loss loss) {
        this.shards = shards;
        this.choice = choice;
        this.loss = loss;
        int workers = Math.min(shards.getNumPartitions(), workers(spark, choice));
        List<String> locations = Workers.locations();
        this.pins = new ArrayList<>(IntStream.range(0, workers)
                .mapToObj(w -> locations.get(w % locations.size()))
                .toList());
        this.pinned = ShardRuns.pin(shards, pins);
    }

    /** One worker a slot; in local mode, where tasks share the machine's devices, one a device. */
    private static int workers(JavaSparkContext spark, EngineChoice choice) {
        if (choice.kind() != EngineKind.OPENCL || !spark.isLocal()) {
            return Workers.slots(spark);
        }
        List<Integer> devices = choice.devices().isEmpty() ? WorkerTask.best() : choice.devices();
        return Math.min(Workers.slots(spark), devices.size());
    }

    @Override
    public GradientSum sum(Coefficients coefficients, BatchSlot slot) {
        List<WorkerReply> replies = pinned.mapPartitions(
                        new WorkerTask(id, pins.size(), choice, loss, coefficients, slot), true)
                .collect();
        List<MergeTree.Subtree<GradientSum>> sums = new ArrayList<>();
        boolean moved = false;
        for (WorkerReply reply : replies) {
            sums.addAll(reply.sums());
            reports.put(reply.incarnation(), reply.report());
            moved |= !reply.location().equals(pins.set(reply.worker(), reply.location()));
        }
        if (moved) {
            pinned = ShardRuns.pin(shards, pins);
        }
        return MergeTree.root(sums, shards.getNumPartitions(), GradientSum::add);
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
        EngineReport engine = a.engine();
        return new WorkerReport(
                a.executor(),
                a.address(),
                new EngineReport(
                        engine.kind(),
                        engine.device(),
                        engine.precision(),
                        engine.instructionSet(),
                        engine.launches() + b.engine().launches(),
                        engine.streamedBytes() + b.engine().streamedBytes()));
    }

    /** Closes the engines where the workers are, and drops the blocks. */
    @Override
    public void close() {
        String exchange = id;
        pinned.foreachPartition(ignored -> ResidentEngines.closeAll(exchange));
        shards.unpersist(false);
    }
}
