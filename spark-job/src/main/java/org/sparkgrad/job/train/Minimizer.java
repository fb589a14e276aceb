package org.sparkgrad.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.checkpoint.Checkpoint;
import org.sparkgrad.job.checkpoint.Checkpoints;
import org.sparkgrad.job.checkpoint.Interruption;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.Exchanges;
import org.sparkgrad.job.exchange.ScaledExchange;
import org.sparkgrad.job.exchange.pass.LossPass;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.model.Centering;
import org.sparkgrad.job.optimize.Bounds;
import org.sparkgrad.job.optimize.ChosenMethod;
import org.sparkgrad.job.optimize.DataProfile;
import org.sparkgrad.job.optimize.EarlyStopping;
import org.sparkgrad.job.optimize.Evaluation;
import org.sparkgrad.job.optimize.InitialCoefficients;
import org.sparkgrad.job.optimize.Objective;
import org.sparkgrad.job.optimize.OptimalityCheck;
import org.sparkgrad.job.optimize.Optimizer;
import org.sparkgrad.job.optimize.OptimizerState;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.optimize.Regularization;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.SparkProgress;
import org.sparkgrad.job.report.StepMeter;
import org.sparkgrad.job.shard.Shards;

/**
 * The stage between shards and model: it opens an exchange, builds an objective on the exchange, and runs an optimizer
 * on the objective.
 */
public final class Minimizer {
    private static final int MIB = 1 << 20;

    private Minimizer() {}

    /**
     * Minimises the objective.
     *
     * @param checkpoints the checkpoints to resume from and to write
     * @param interruption the possible request to stop
     * @throws org.sparkgrad.job.problem.JobException with DIVERGED if the objective becomes infinite or NaN, or ends
     *     above its start
     * @throws TrainingInterrupted when a signal has asked to stop, after a checkpoint
     */
    public static TrainingResult run(
            JavaSparkContext spark,
            TrainingTask task,
            TrainingSetup setup,
            ExchangeKind kind,
            Checkpoints checkpoints,
            Interruption interruption,
            Progress listener) {
        Shards validation = task.optimizer().validation().patience() == null
                ? null
                : task.set().validation();
        WorkerPlan plan = setup.workers(task.set(), listener);
        if (validation != null) {
            OpenBlas.load(); // The workers compute the loss on held-out rows with the CPU engine.
            plan = plan.withValidation(validation.blocks(task.set().scale(), Precision.DOUBLE, validation.inMemory()));
        }
        try (Exchange exchange = Exchanges.open(spark, plan, kind, listener::note, listener::warn);
                SparkProgress progress = new SparkProgress(spark.sc(), listener, exchange::traffic)) {
            return minimise(
                    task,
                    ScaledExchange.over(exchange, task.set().scale()),
                    setup.loss(),
                    setup.engine(),
                    checkpoints,
                    interruption,
                    progress);
        }
    }

    /**
     * Minimises the objective over an exchange whose rows are the task's rows, as {@link #run} does.
     *
     * @param progress receives the steps
     */
    public static TrainingResult minimise(
            TrainingTask task,
            Exchange exchange,
            Loss loss,
            EngineChoice engine,
            Checkpoints checkpoints,
            Interruption interruption,
            Progress progress) {
        TrainingSet set = task.set();
        ModelSettings model = task.model();
        Coefficients initial = initial(task, loss.outputs());
        Regularization regularization = new Regularization(model.regParam(), model.elasticNetParam());
        Objective objective = new Objective(exchange, regularization, model.fitIntercept());
        Optional<Checkpoint.Progress> before = checkpoints.resumed().map(Checkpoint::progress);
        List<Double> validationHistory = new ArrayList<>();
        DataProfile data = new DataProfile(loss, engine.precision(), set.statistics(), set.scale(), set.features());
        Bounds bounds = task.bounds() == null ? null : task.bounds().toTrained(set.scale(), set.features());
        OptimalityCheck certificate = new OptimalityCheck(objective, data, bounds);
        ChosenMethod method =
                Optimizers.choose(ResumeCheck.settings(task.optimizer(), before), objective, data, bounds, certificate);
        progress.note("optimizer %s: %s".formatted(method.name(), method.reason()));
        Optimizer optimizer = stoppingEarly(method.optimizer(), task, exchange, validationHistory);
        StepMeter meter = meter(progress, optimizer, objective, task, before);
        TrainingLoop loop = new TrainingLoop(objective, meter, validationHistory, checkpoints, interruption, progress);
        boolean sameBits = loop.begin(optimizer, initial);
        noteDevices(exchange.workers(), progress);
        checkpoints.computedBy(ResumeCheck.computedBy(exchange.workers()));
        if (!sameBits) {
            throw ResumeCheck.otherBits(checkpoints.resumed().orElseThrow(), exchange.workers());
        }
        OptimizerState last = loop.end();
        progress.done();
        DivergenceCheck.refuse(last, task.optimizer());
        Coefficients centred = centred(last.coefficients(), task);
        Evaluation end = objective.evaluate(centred);
        double reached = certificate.of(centred, end);
        OptimizerState state = certificate.checked(last, reached);
        DivergenceCheck.refuseRise(loop.history(), end, certificate.objectiveAtZero(centred), data, task.optimizer());
        progress.note("%s after %d steps, %d gradients and %d passes over the data in all; certificate %.1e"
                .formatted(
                        state.reason().orElseThrow().spelling(),
                        state.step(),
                        objective.evaluations(),
                        Math.round(objective.passes()),
                        reached));
        return new TrainingResult(
                centred(set.scale().toOriginal(centred), task),
                end.loss(),
                end.objective(),
                reached,
                loop.history(),
                validationHistory,
                state,
                method,
                objective.evaluations(),
                objective.passes(),
                exchange.workers(),
                engine);
    }

    /**
     * Returns centred coefficients. As MLlib does, both trained and original coefficients are centred, because their
     * intercepts differ. Coefficients within bounds are not centred.
     */
    private static Coefficients centred(Coefficients coefficients, TrainingTask task) {
        return task.bounds() == null
                ? Centering.apply(coefficients, task.model().regParam())
                : coefficients;
    }

    private static Coefficients initial(TrainingTask task, int outputs) {
        Coefficients original = task.initial();
        return original == null
                ? InitialCoefficients.of(task.optimizer(), outputs, task.set().features())
                : task.set().scale().toTrained(original, task.model().fitIntercept());
    }

    private static StepMeter meter(
            Progress progress,
            Optimizer optimizer,
            Objective objective,
            TrainingTask task,
            Optional<Checkpoint.Progress> before) {
        long rows = task.set().statistics().rows();
        int steps = before.map(Checkpoint.Progress::step).orElse(0);
        double passes = before.map(Checkpoint.Progress::passes).orElse(0.0);
        return new StepMeter(
                progress,
                optimizer.stepsPerEpoch(),
                Optimizers.limit(task.optimizer()),
                () -> (objective.passes() - passes) * rows,
                steps);
    }

    /**
     * Returns an optimizer with early stopping. Workers measure the held-out rows, because no other job can run while
     * the stage holds all slots.
     */
    private static Optimizer stoppingEarly(
            Optimizer optimizer, TrainingTask task, Exchange exchange, List<Double> history) {
        Integer patience = task.optimizer().validation().patience();
        return patience == null || task.set().validation() == null
                ? optimizer
                : new EarlyStopping(
                        optimizer,
                        coefficients -> {
                            double[] sums = exchange.sum(new LossPass(coefficients));
                            history.add(sums[0] / sums[1]);
                            return history.get(history.size() - 1);
                        },
                        patience);
    }

    /** Reports the devices of the workers. */
    public static void noteDevices(List<WorkerReport> workers, Progress progress) {
        for (WorkerReport worker : workers) {
            progress.note("executor %s computes on %s%s in %s%s"
                    .formatted(
                            worker.executor(),
                            worker.address() == null ? "" : "device " + worker.address() + ": ",
                            worker.engine().device(),
                            worker.engine().precision().name().toLowerCase(java.util.Locale.ROOT),
                            streaming(worker.engine().streamedBytes())));
        }
    }

    private static String streaming(long bytes) {
        return bytes == 0
                ? ""
                : "; %d MiB of rows do not fit its memory and are moved there in every step over all rows"
                        .formatted((bytes + MIB - 1) / MIB);
    }
}
