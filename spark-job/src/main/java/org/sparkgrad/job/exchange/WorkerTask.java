package org.sparkgrad.job.exchange;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.storage.BlockManagerId;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineReport;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.GradientEngines;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/**
 * One worker's part of one step, as a Spark task. The shards that it streams it reads and sums one at a time; those that
 * it holds it sums on its resident engine, and reads only to open that.
 */
final class WorkerTask implements FlatMapFunction<Iterator<Shard>, WorkerReply> {
    private static final long serialVersionUID = 1L;

    private final String exchange;
    private final Division division;
    private final EngineChoice choice;
    private final Loss loss;
    private final Pass pass;

    WorkerTask(String exchange, Division division, EngineChoice choice, Loss loss, Pass pass) {
        this.exchange = exchange;
        this.division = division;
        this.choice = choice;
        this.loss = loss;
        this.pass = pass;
    }

    @Override
    public Iterator<WorkerReply> call(Iterator<Shard> shards) {
        int number = TaskContext.getPartitionId();
        List<Subtree<double[]>> sums = List.of();
        long launches = 0;
        for (int s = 0; s < division.streamed(number); s++) {
            try (GradientEngine engine = open(List.of(shards.next()))) {
                sums = merged(sums, engine);
                launches += engine.report().launches();
            }
        }
        ResidentEngines.Key key = new ResidentEngines.Key(exchange, number, division.workers());
        ResidentEngines.Worker worker = ResidentEngines.get(key, shards, this);
        try {
            worker.streamed().addAndGet(launches);
            return List.of(reply(number, worker, merged(sums, worker.engine()))).iterator();
        } catch (RuntimeException | Error failure) {
            ResidentEngines.close(key);
            throw failure;
        }
    }

    /** Sums over an engine's shards, and merges that with what was summed before. */
    private List<Subtree<double[]>> merged(List<Subtree<double[]>> before, GradientEngine engine) {
        List<double[]> sums = pass.sums(engine);
        List<Subtree<double[]>> all = new ArrayList<>(before);
        for (int s = 0; s < sums.size(); s++) {
            all.add(MergeTree.leaf(engine.shards().get(s).number(), sums.get(s)));
        }
        return MergeTree.merge(all, Pass::add);
    }

    private WorkerReply reply(int number, ResidentEngines.Worker worker, List<Subtree<double[]>> sums) {
        BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
        Integer address = choice.kind() == EngineKind.OPENCL ? worker.address() : null;
        EngineReport resident = worker.engine().report();
        EngineReport report =
                resident.withLaunches(resident.launches() + worker.streamed().get());
        return new WorkerReply(
                sums,
                number,
                "executor_" + here.host() + "_" + here.executorId(),
                worker.incarnation(),
                new WorkerReport(here.executorId(), address, report));
    }

    /** Opens the engine over the shards that a worker holds. */
    ResidentEngines.Worker worker(List<Shard> shards) {
        return new ResidentEngines.Worker(UUID.randomUUID().toString(), address(), open(shards), new AtomicLong());
    }

    private GradientEngine open(List<Shard> shards) {
        return GradientEngines.open(choice.spec(address()), loss, pass.features(), shards);
    }

    private int address() {
        return choice.kind() == EngineKind.OPENCL ? choice.address(TaskContext.get()) : -1;
    }
}
