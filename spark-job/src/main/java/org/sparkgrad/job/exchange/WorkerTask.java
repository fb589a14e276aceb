package org.sparkgrad.job.exchange;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.storage.BlockManagerId;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.GpuDevices;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.GradientEngines;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.shard.MergeTree;

/** One worker's part of one step, as a Spark task: sums its shards on its resident engine. */
final class WorkerTask implements FlatMapFunction<Iterator<Shard>, WorkerReply> {
    private static final long serialVersionUID = 1L;

    private final String exchange;
    private final int workers;
    private final EngineChoice choice;
    private final Loss loss;
    private final Coefficients coefficients;
    private final BatchSlot slot;

    WorkerTask(
            String exchange, int workers, EngineChoice choice, Loss loss, Coefficients coefficients, BatchSlot slot) {
        this.exchange = exchange;
        this.workers = workers;
        this.choice = choice;
        this.loss = loss;
        this.coefficients = coefficients;
        this.slot = slot;
    }

    @Override
    public Iterator<WorkerReply> call(Iterator<Shard> shards) {
        int number = TaskContext.getPartitionId();
        ResidentEngines.Key key = new ResidentEngines.Key(exchange, number, workers);
        ResidentEngines.Worker worker = ResidentEngines.get(key, shards, this);
        try {
            return List.of(reply(number, worker)).iterator();
        } catch (RuntimeException | Error failure) {
            ResidentEngines.close(key);
            throw failure;
        }
    }

    private WorkerReply reply(int number, ResidentEngines.Worker worker) {
        GradientEngine engine = worker.engine();
        List<RowRange> ranges =
                engine.shards().stream().map(shard -> slot.of(shard.rows())).toList();
        List<GradientSum> sums = engine.sum(coefficients, ranges);
        List<MergeTree.Subtree<GradientSum>> leaves = new ArrayList<>();
        for (int s = 0; s < sums.size(); s++) {
            leaves.add(MergeTree.leaf(engine.shards().get(s).number(), sums.get(s)));
        }
        BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
        Integer address = choice.kind() == EngineKind.OPENCL ? worker.address() : null;
        return new WorkerReply(
                MergeTree.merge(leaves, GradientSum::add),
                number,
                "executor_" + here.host() + "_" + here.executorId(),
                worker.incarnation(),
                new WorkerReport(here.executorId(), address, engine.report()));
    }

    ResidentEngines.Worker open(int number, List<Shard> shards) {
        int address = choice.kind() == EngineKind.OPENCL ? address(number) : -1;
        EngineSpec spec = new EngineSpec(choice.kind(), choice.precision(), address, choice.deviceMemoryFraction());
        GradientEngine engine = GradientEngines.open(spec, loss, coefficients.features(), shards);
        return new ResidentEngines.Worker(UUID.randomUUID().toString(), address, engine);
    }

    /** The address Spark gave the task, else one of the configured ones, else one of the best type, in turn. */
    private int address(int number) {
        var gpu = TaskContext.get().resourcesJMap().get("gpu");
        if (gpu != null) {
            return Integer.parseInt(gpu.addresses()[0]);
        }
        List<Integer> devices = choice.devices().isEmpty() ? best() : choice.devices();
        return devices.get(number % devices.size());
    }

    /** The addresses of all devices of the type that comes first; 0 where there is none, for its error. */
    static List<Integer> best() {
        List<GpuDevice.Type> types = GpuDevices.types();
        long count = types.stream().filter(type -> type == types.get(0)).count();
        return IntStream.range(0, (int) Math.max(1, count)).boxed().toList();
    }
}
