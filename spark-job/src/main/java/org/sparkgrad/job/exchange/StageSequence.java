package org.sparkgrad.job.exchange;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.ShardSums;
import org.sparkgrad.job.exchange.worker.WorkerCache;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.spark.JobScope;

/**
 * Stages of workers, one after the other, for trainings with other Spark jobs between them. A stage holds its slots
 * from the first pass until {@link #releaseSlots}, and leaves the engines in the workers' JVMs for the next stage. A
 * worker that was lost, or that starts in another JVM, opens its engine again.
 */
public final class StageSequence implements Exchange {
    private final String id = UUID.randomUUID().toString();
    private final JavaSparkContext spark;
    private final WorkerPlan plan;
    private final ShardSums.Factory factory;
    private final Consumer<String> notes;
    private @Nullable StageExchange stage;
    private List<WorkerReport> workers = List.of();

    /**
     * @param plan the sums that the workers compute
     * @param notes receives a line for each fault and its handling
     */
    public StageSequence(JavaSparkContext spark, WorkerPlan plan, Consumer<String> notes) {
        this(spark, plan, plan, notes);
    }

    /** Creates a sequence with workers that compute other sums. */
    StageSequence(JavaSparkContext spark, WorkerPlan plan, ShardSums.Factory factory, Consumer<String> notes) {
        this.spark = spark;
        this.plan = plan;
        this.factory = factory;
        this.notes = notes;
    }

    @Override
    public synchronized double[] sum(Pass pass) {
        if (stage == null) {
            stage = new StageExchange(spark, plan, factory, id, notes);
        }
        return stage.sum(pass);
    }

    @Override
    public synchronized void releaseSlots() {
        if (stage != null) {
            workers = stage.workers();
            stage.end();
            stage = null;
        }
    }

    @Override
    public synchronized List<WorkerReport> workers() {
        return stage == null || stage.workers().isEmpty() ? workers : stage.workers();
    }

    /** Closes the engines on the workers and drops the blocks, also if the thread was interrupted. */
    @Override
    public synchronized void close() {
        JobScope.uninterrupted(this::end);
    }

    private void end() {
        releaseSlots();
        if (spark.sc().isStopped()) { // the other executors are lost; in local mode the driver remains
            WorkerCache.closeAll(id);
            return;
        }
        WorkerCache.closeAll(plan.tasks(plan.pins(spark)), id);
        plan.release();
    }
}
