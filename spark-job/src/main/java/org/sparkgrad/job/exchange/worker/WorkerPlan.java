package org.sparkgrad.job.exchange.worker;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.placement.TaskSlots;
import org.sparkgrad.job.placement.WorkerPartitions;
import org.sparkgrad.job.shard.MergeTree.Subtree;
import org.sparkgrad.job.spark.PersistedRdd;

/**
 * What the workers of a run sum over: training rows on the engine that was chosen, and rows held out, if they may stop
 * the training, on the processor in double precision, whatever trains.
 */
public final class WorkerPlan implements ShardSums.Factory {
    private static final long serialVersionUID = 1L;

    private final EngineSums.Data training;
    private final EngineSums.@Nullable Data validation;

    private WorkerPlan(EngineSums.Data training, EngineSums.@Nullable Data validation) {
        this.training = training;
        this.validation = validation;
    }

    /**
     * Without rows held out.
     *
     * @param shards partition s is shard s, S of them
     * @param choice the engine of each worker
     * @param loss the loss, with K outputs
     * @param resident the most shards that a worker holds; its others it reads in every step, one at a time
     */
    public static WorkerPlan of(PersistedRdd<Shard> shards, EngineChoice choice, Loss loss, int resident) {
        return new WorkerPlan(new EngineSums.Data(new ShardSource(shards), choice, loss, resident), null);
    }

    /**
     * The same with rows held out.
     *
     * @param shards S shards in double precision; workers read them when they are asked for their loss
     */
    public WorkerPlan withValidation(PersistedRdd<Shard> shards) {
        EngineChoice cpu = new EngineChoice(EngineKind.CPU, Precision.DOUBLE, "validation", List.of());
        return new WorkerPlan(training, new EngineSums.Data(new ShardSource(shards), cpu, training.loss(), 0));
    }

    /** Returns S. */
    public int shards() {
        return training.source().count();
    }

    /** Returns where workers start, one for each slot there is now and at most S. */
    public List<String> pins(JavaSparkContext spark) {
        return TaskSlots.pins(spark, training.choice(), shards());
    }

    /** Returns the precision in which a pass's coefficients are wanted. */
    public Precision precision(Pass pass) {
        return switch (pass.rows()) {
            case TRAINING ->
                training.choice().kind() == EngineKind.REFERENCE
                        ? Precision.DOUBLE
                        : training.choice().precision();
            case VALIDATION -> Precision.DOUBLE;
        };
    }

    /** Returns the engine's name. */
    public String engine() {
        return training.choice().name();
    }

    /** Returns a partition for each worker, at its pin. They hold nothing, but depend on all shards: workers read these. */
    public JavaRDD<?> tasks(List<String> pins) {
        JavaRDD<?> rows = training.source().rdd();
        if (validation != null) {
            rows = training.source()
                    .rdd()
                    .zipPartitions(validation.source().rdd(), (train, held) -> Collections.<Shard>emptyIterator());
        }
        return WorkerPartitions.pin(rows, pins);
    }

    /** Drops the blocks, also on a thread that was interrupted. */
    public void release() {
        training.source().drop();
        if (validation != null) {
            validation.source().drop();
        }
    }

    @Override
    public ShardSums open(int worker, int workers) {
        ShardSums trained = training.open(worker, workers);
        ShardSums held = validation == null ? null : validation.open(worker, workers);
        return new Both(trained, held);
    }

    /** The sums over both sets of rows. */
    private record Both(ShardSums training, @Nullable ShardSums validation) implements ShardSums {
        @Override
        public List<Subtree<double[]>> sums(Pass pass) {
            return switch (pass.rows()) {
                case TRAINING -> training.sums(pass);
                case VALIDATION -> {
                    if (validation == null) {
                        throw new IllegalStateException("no rows are held out");
                    }
                    yield validation.sums(pass);
                }
            };
        }

        @Override
        public Optional<WorkerReport> report() {
            return training.report();
        }

        @Override
        public void close() {
            training.close();
            if (validation != null) {
                validation.close();
            }
        }
    }
}
