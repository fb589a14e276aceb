package org.sparkgrad.job.grid;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.checkpoint.Checkpoints;
import org.sparkgrad.job.checkpoint.Interruption;
import org.sparkgrad.job.config.EngineSettings;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.config.ModelSettings.LossKind;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.Exchanges;
import org.sparkgrad.job.exchange.ScaledExchange;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.optimize.DriverAlgebra;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.placement.EngineChooser;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.train.Losses;
import org.sparkgrad.job.train.Minimizer;
import org.sparkgrad.job.train.TrainingResult;
import org.sparkgrad.job.train.TrainingSet;
import org.sparkgrad.job.train.TrainingSetup;
import org.sparkgrad.job.train.TrainingTask;

/**
 * A training set in blocks on engines, for many trainings with full-batch methods. The engines stay open between
 * trainings, while other Spark jobs, such as scoring, use the slots.
 */
public final class GridSession implements AutoCloseable {
    private final EngineChoice engine;
    private final Loss loss;
    private final FeatureScale scale;
    private final Exchange exchange;
    private final int folds;
    private final Progress progress;

    private GridSession(
            EngineChoice engine, Loss loss, FeatureScale scale, Exchange exchange, int folds, Progress progress) {
        this.engine = engine;
        this.loss = loss;
        this.scale = scale;
        this.exchange = exchange;
        this.folds = folds;
        this.progress = progress;
    }

    /**
     * Creates blocks of the set's rows, in the set's scale, for trainings in lockstep. The first pass opens the
     * engines.
     *
     * @param kind the loss of all trainings
     * @param optimizers the settings of all trainings
     * @param folds the number of folds of the rows
     * @param progress receives the progress
     * @throws org.sparkgrad.job.problem.JobException if there is no such engine
     */
    public static GridSession open(
            SparkSession session,
            TrainingSet set,
            LossKind kind,
            EngineSettings settings,
            List<OptimizerSettings> optimizers,
            int folds,
            Progress progress) {
        return open(session, set, kind, settings, optimizers, folds, settings.exchange(), progress);
    }

    /**
     * Creates a session for trainings that several threads start at any time. A stage of workers would hold the slots
     * while a thread does other work, so each pass is a Spark job.
     */
    public static GridSession shared(
            SparkSession session,
            TrainingSet set,
            LossKind kind,
            EngineSettings settings,
            OptimizerSettings optimizer,
            Progress progress) {
        return open(session, set, kind, settings, List.of(optimizer), 1, ExchangeKind.JOB, progress);
    }

    private static GridSession open(
            SparkSession session,
            TrainingSet set,
            LossKind kind,
            EngineSettings settings,
            List<OptimizerSettings> optimizers,
            int folds,
            ExchangeKind exchange,
            Progress progress) {
        DriverAlgebra.pin();
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        EngineChoice engine = EngineChooser.choose(spark, settings);
        progress.note(engine.text());
        Loss loss = Losses.of(kind, set.classes());
        long matrix = optimizers.stream()
                .mapToLong(optimizer -> matrix(optimizer, loss, set))
                .max()
                .orElse(0);
        int together = Math.min(optimizers.size() * folds, most(loss, set.features(), matrix));
        WorkerPlan plan =
                TrainingSetup.of(spark, engine, loss, set, together, matrix).workers(set, progress);
        return new GridSession(
                engine,
                loss,
                set.scale(),
                Exchanges.openForSeveral(spark, plan, exchange, progress::note, progress::warn),
                folds,
                progress);
    }

    private static long matrix(OptimizerSettings optimizer, Loss loss, TrainingSet set) {
        return Optimizers.matrix(
                optimizer, loss, set.features(), set.statistics().rows());
    }

    private static int most(Loss loss, int features, long matrix) {
        return Lockstep.most(loss.outputs() * (features + 1), matrix);
    }

    /**
     * Minimises several objectives in lockstep: each pass over the rows serves all trainings that have not ended.
     *
     * @param tasks the trainings over the session's rows, each in its own scale
     * @return the results, in order
     * @throws org.sparkgrad.job.problem.JobException if the objective of a training becomes infinite or NaN
     */
    public List<TrainingResult> train(List<GridTask> tasks) {
        Lockstep<TrainingResult> lockstep = new Lockstep<>(exchange, folds);
        int most = tasks.size();
        for (GridTask grid : tasks) {
            TrainingTask task = grid.task();
            most = Math.min(most, most(loss, task.set().features(), matrix(task.optimizer(), loss, task.set())));
            lockstep.add(
                    grid.leftOut(),
                    task.set().scale().to(scale.blocks()),
                    member -> minimise(task, member, Progress.SILENT));
        }
        try {
            List<TrainingResult> trained = lockstep.run(most);
            Minimizer.noteDevices(exchange.workers(), progress);
            return trained;
        } finally {
            exchange.releaseSlots();
        }
    }

    /**
     * Minimises one objective in blocks of its own scale, with the same bits as a single fit. Several threads may call
     * it at once.
     *
     * @param task a training over the session's rows and scale
     * @throws org.sparkgrad.job.problem.JobException if the objective becomes infinite or NaN
     */
    public TrainingResult train(TrainingTask task) {
        return minimise(task, ScaledExchange.over(exchange, task.set().scale()), progress);
    }

    private TrainingResult minimise(TrainingTask task, Exchange over, Progress receiver) {
        return Minimizer.minimise(task, over, loss, engine, Checkpoints.none(), Interruption.never(), receiver);
    }

    /** Closes the engines and drops the blocks. */
    @Override
    public void close() {
        exchange.close();
    }
}
