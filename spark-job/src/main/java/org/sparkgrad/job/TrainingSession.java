package org.sparkgrad.job;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.config.ModelSettings.LossKind;
import org.sparkgrad.job.exchange.EngineChoice;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.JobExchange;
import org.sparkgrad.job.exchange.Lockstep;
import org.sparkgrad.job.exchange.Losses;
import org.sparkgrad.job.exchange.MemoryPlan;
import org.sparkgrad.job.exchange.SharedExchange;
import org.sparkgrad.job.report.MemoryText;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.shard.FeatureScale;

/** A training set in blocks on engines, for one training or for many, of several threads too. */
public final class TrainingSession implements AutoCloseable {
    private final EngineChoice engine;
    private final Loss loss;
    private final FeatureScale scale;
    private final Exchange exchange;

    private TrainingSession(EngineChoice engine, Loss loss, FeatureScale scale, Exchange exchange) {
        this.engine = engine;
        this.loss = loss;
        this.scale = scale;
        this.exchange = exchange;
    }

    /**
     * Makes blocks of the set's rows, in the set's scale; engines open with the first pass.
     *
     * @param progress hears if the data do not fit the memory
     */
    static TrainingSession open(
            JavaSparkContext spark,
            TrainingSet set,
            LossKind kind,
            EngineChoice engine,
            MemoryPlan memory,
            Progress progress) {
        if (engine.kind() == EngineKind.CPU) {
            OpenBlas.load(); // here, and not by ND4J: bits would depend on who comes first
        }
        Loss loss = Losses.of(kind, set.classes());
        if (!memory.allResident()) {
            progress.note(MemoryText.note(memory));
        }
        var blocks = set.rows().blocks(set.scale(), engine.precision(), memory.allResident());
        Exchange exchange = new JobExchange(spark, blocks, engine, loss, memory.resident());
        return new TrainingSession(engine, loss, set.scale(), new SharedExchange(exchange));
    }

    /**
     * Minimises one objective over all rows.
     *
     * @param task over the session's rows and in its scale
     * @throws org.sparkgrad.job.problem.JobException if it leaves the finite numbers
     */
    public Trained train(TrainingTask task, Progress progress) {
        return Training.minimise(task, exchange, loss, engine, progress);
    }

    /**
     * Minimises several objectives of full-batch methods in lockstep: a pass over the rows serves all that are not at
     * their end.
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
                    member -> Training.minimise(task, member, loss, engine, Progress.SILENT));
        }
        return lockstep.run(coefficients);
    }

    /** Closes the engines and drops the blocks. */
    @Override
    public void close() {
        exchange.close();
    }
}
