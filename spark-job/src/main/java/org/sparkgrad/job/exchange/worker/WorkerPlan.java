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
 * The sums that the workers of a run compute: over training rows on the chosen engine, and, if held-out rows may stop
 * the training, over these rows on the processor in double precision, whatever engine trains.
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
     * Returns a plan without held-out rows.
     *
     * @param shards the S shards; partition s is shard s
     * @param choice the engine of each worker
     * @param loss the loss, with K outputs
     * @param resident the largest number of shards that a worker holds; the worker reads its other shards in every
     *     step, one at a time
     */
    public static WorkerPlan of(PersistedRdd<Shard> shards, EngineChoice choice, Loss loss, int resident) {
        return new WorkerPlan(new EngineSums.Data(new ShardSource(shards), choice, loss, resident), null);
    }

    /**
     * Returns this plan with held-out rows.
     *
     * @param shards S shards in double precision, which workers read when the first pass asks for their loss
     */
    public WorkerPlan withValidation(PersistedRdd<Shard> shards) {
        EngineChoice cpu = new EngineChoice(EngineKind.CPU, Precision.DOUBLE, "validation", List.of());
        return new WorkerPlan(training, new EngineSums.Data(new ShardSource(shards), cpu, training.loss(), 0));
    }

    /** Returns S. */
    public int shards() {
        return training.source().count();
    }

    /** Returns the locations of workers, one for each slot at this time, at most S. */
    public List<String> pins(JavaSparkContext spark) {
        return TaskSlots.pins(spark, training.choice(), shards());
    }

    /** Returns the precision of a pass's coefficients. */
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

    /**
     * Returns a partition for each worker, at the worker's location. The partitions are empty but depend on all shards,
     * so that workers can read the shards.
     */
    public JavaRDD<?> tasks(List<String> pins) {
        JavaRDD<?> rows = training.source().rdd();
        if (validation != null) {
            rows = training.source()
                    .rdd()
                    .zipPartitions(validation.source().rdd(), (train, held) -> Collections.<Shard>emptyIterator());
        }
        return WorkerPartitions.pin(rows, pins);
    }

    /** Drops the blocks, also if the thread was interrupted. */
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

    /** The sums over training rows and held-out rows. */
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
