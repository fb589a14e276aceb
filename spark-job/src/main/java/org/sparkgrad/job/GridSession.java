package org.sparkgrad.job;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.checkpoint.Checkpoints;
import org.sparkgrad.job.checkpoint.Interruption;
import org.sparkgrad.job.config.EngineSettings;
import org.sparkgrad.job.config.ModelSettings.LossKind;
import org.sparkgrad.job.exchange.EngineChoice;
import org.sparkgrad.job.exchange.EngineChooser;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.JobExchange;
import org.sparkgrad.job.exchange.Lockstep;
import org.sparkgrad.job.exchange.Losses;
import org.sparkgrad.job.exchange.MemoryPlan;
import org.sparkgrad.job.exchange.WorkerPlan;
import org.sparkgrad.job.exchange.Workplace;
import org.sparkgrad.job.optimize.DriverAlgebra;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.shard.FeatureScale;

/**
 * A training set in blocks on engines, for many trainings of full-batch methods. Its exchange is one Spark job a step: the
 * engines stay open between trainings, and other Spark jobs, such as scoring, need the slots then.
 */
public final class GridSession implements AutoCloseable {
    private final EngineChoice engine;
    private final Loss loss;
    private final FeatureScale scale;
    private final Exchange exchange;

    private GridSession(EngineChoice engine, Loss loss, FeatureScale scale, Exchange exchange) {
        this.engine = engine;
        this.loss = loss;
        this.scale = scale;
        this.exchange = exchange;
    }

    /**
     * Makes blocks of the set's rows, in the set's scale; engines open with the first pass.
     *
     * @param kind the loss of all trainings
     * @param models how many are trained at once, at most
     * @throws org.sparkgrad.job.problem.JobException if there is no such engine
     */
    public static GridSession open(
            SparkSession session, TrainingSet set, LossKind kind, EngineSettings settings, int models) {
        DriverAlgebra.pin();
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        EngineChoice engine = EngineChooser.choose(spark, settings);
        if (engine.kind() == EngineKind.CPU) {
            OpenBlas.load(); // here, and not by ND4J: bits would depend on who comes first
        }
        Loss loss = Losses.of(kind, set.classes());
        int shards = set.rows().count();
        int together = Math.min(models, Lockstep.most(loss.outputs() * (set.features() + 1)));
        MemoryPlan memory = MemoryPlan.of(
                set.size(), shards, engine, loss.outputs() * together, Workplace.ask(spark, engine, shards));
        var blocks = set.rows().blocks(set.scale(), engine.precision(), memory.allResident());
        WorkerPlan plan = WorkerPlan.of(blocks, engine, loss, memory.resident());
        return new GridSession(engine, loss, set.scale(), new JobExchange(spark, plan));
    }

    /**
     * Minimises several objectives in lockstep: a pass over the rows serves all that are not at their end.
     *
     * @param tasks over the session's rows, each in a scale of its own
     * @return what was trained, in order
     * @throws org.sparkgrad.job.problem.JobException if one leaves the finite numbers
     */
    public List<Trained> train(List<GridTask> tasks) {
        Lockstep<Trained> lockstep = new Lockstep<>(exchange);
        int coefficients = 1;
        for (GridTask grid : tasks) {
            TrainingTask task = grid.task();
            coefficients = loss.outputs() * (task.set().features() + 1);
            lockstep.add(
                    grid.leftOut(),
                    task.set().scale().to(scale),
                    member -> Training.minimise(
                            task, member, loss, engine, Checkpoints.none(), Interruption.never(), Progress.SILENT));
        }
        return lockstep.run(coefficients);
    }

    /** Closes the engines and drops the blocks. */
    @Override
    public void close() {
        exchange.close();
    }
}
