package org.sparkgrad.job.exchange.worker;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.placement.ShardAssignment;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/**
 * The sums of a worker over one set of rows. The worker reads and sums streamed shards one at a time, with a new engine
 * for each. It sums the shards that it holds on a resident engine, which the first pass opens.
 */
final class EngineSums implements ShardSums {
    private final Data data;
    private final ShardAssignment assignment;
    private final int worker;
    private final int address;
    private @Nullable GradientEngine resident;
    private long streamedLaunches;

    private EngineSums(Data data, ShardAssignment assignment, int worker) {
        this.data = data;
        this.assignment = assignment;
        this.worker = worker;
        this.address = data.choice.kind() == EngineKind.OPENCL ? data.choice.address(TaskContext.get()) : -1;
    }

    /**
     * The rows, and the engine that sums over them.
     *
     * @param source the shards
     * @param choice the engine of each worker
     * @param loss the loss, with K outputs
     * @param resident the largest number of shards that a worker holds
     */
    record Data(ShardSource source, EngineChoice choice, Loss loss, int resident) implements Factory, Serializable {
        @Override
        public EngineSums open(int worker, int workers) {
            return new EngineSums(this, new ShardAssignment(source.count(), workers, resident), worker);
        }
    }

    @Override
    public List<Subtree<double[]>> sums(Pass pass) {
        List<Subtree<double[]>> sums = List.of();
        int first = assignment.start(worker);
        int firstHeld = first + assignment.streamed(worker);
        for (int s = first; s < firstHeld; s++) {
            try (GradientEngine engine = open(pass, s, s + 1)) {
                sums = merged(sums, pass, engine);
                streamedLaunches += engine.report().launches();
            }
        }
        if (resident == null) {
            resident = open(pass, firstHeld, assignment.start(worker + 1));
        }
        return merged(sums, pass, resident);
    }

    /** Sums over the shards of an engine, which may merge some of them, and merges each sum with the earlier sums. */
    private static List<Subtree<double[]>> merged(List<Subtree<double[]>> before, Pass pass, GradientEngine engine) {
        List<Subtree<double[]>> merged = new ArrayList<>(before);
        pass.sums(engine, sums -> {
            merged.add(sums);
            List<Subtree<double[]>> larger = MergeTree.merge(merged, Pass::add);
            merged.clear();
            merged.addAll(larger);
        });
        return List.copyOf(merged);
    }

    private GradientEngine open(Pass pass, int from, int to) {
        return GradientEngines.open(
                data.choice.spec(address),
                data.loss,
                pass.features(),
                IntStream.range(from, to).mapToObj(data.source::read).toList());
    }

    @Override
    public Optional<WorkerReport> report() {
        GradientEngine engine = resident;
        return engine == null
                ? Optional.empty()
                : Optional.of(new WorkerReport(
                        SparkEnv.get().executorId(),
                        address < 0 ? null : address,
                        engine.report().withLaunches(engine.report().launches() + streamedLaunches)));
    }

    @Override
    public void close() {
        if (resident != null) {
            resident.close();
            resident = null;
        }
    }
}
