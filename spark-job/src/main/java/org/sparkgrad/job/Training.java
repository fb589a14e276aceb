package org.sparkgrad.job;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.dl4j.Nd4jUpdaters;
import org.sparkgrad.job.evaluate.Evaluator;
import org.sparkgrad.job.exchange.EngineChoice;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.MemoryPlan;
import org.sparkgrad.job.exchange.WorkerReport;
import org.sparkgrad.job.model.Centering;
import org.sparkgrad.job.optimize.Bounds;
import org.sparkgrad.job.optimize.ConvergenceReason;
import org.sparkgrad.job.optimize.EarlyStopping;
import org.sparkgrad.job.optimize.Evaluation;
import org.sparkgrad.job.optimize.InitialCoefficients;
import org.sparkgrad.job.optimize.Objective;
import org.sparkgrad.job.optimize.Optimizer;
import org.sparkgrad.job.optimize.OptimizerState;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.optimize.Regularization;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.StepMeter;
import org.sparkgrad.job.shard.Shards;

/** The stage between shards and model: an exchange, an objective over it, an optimizer on that. */
final class Training {
    private static final int MIB = 1 << 20;

    private Training() {}

    /**
     * Minimises the objective, from shards to coefficients.
     *
     * @throws JobException with DIVERGED if it leaves the finite numbers
     */
    static Trained run(
            JavaSparkContext spark, TrainingTask task, EngineChoice engine, MemoryPlan memory, Progress progress) {
        try (TrainingSession session =
                TrainingSession.open(spark, task.set(), task.model().loss(), engine, memory, progress)) {
            return session.train(task, progress);
        }
    }

    /** Minimises the objective over an exchange whose rows are the task's. */
    static Trained minimise(TrainingTask task, Exchange exchange, Loss loss, EngineChoice engine, Progress progress) {
        TrainingSet set = task.set();
        ModelSettings model = task.model();
        Coefficients initial = initial(task, loss.outputs());
        Regularization regularization = new Regularization(model.regParam(), model.elasticNetParam());
        Objective objective = new Objective(exchange, regularization, model.fitIntercept());
        Optimizer optimizer = stoppingEarly(optimizer(task, objective, initial), task);
        long rows = set.statistics().rows();
        int limit = Optimizers.limit(task.optimizer());
        StepMeter meter = new StepMeter(progress, optimizer.stepsPerEpoch(), limit, () -> objective.passes() * rows);
        List<Double> history = new ArrayList<>();
        Iterator<OptimizerState> states = optimizer.states(initial, meter);
        OptimizerState state = states.next();
        noteDevices(exchange.workers(), progress);
        history.add(state.objective());
        while (states.hasNext()) {
            state = states.next();
            history.add(state.objective());
        }
        progress.done();
        refuseDivergence(state, task.optimizer());
        Coefficients centred =
                task.bounds() == null ? Centering.apply(state.coefficients(), model.regParam()) : state.coefficients();
        Evaluation end = objective.evaluate(centred);
        return new Trained(
                set.scale().toOriginal(centred),
                end.loss(),
                end.objective(),
                history,
                state,
                objective.evaluations(),
                objective.passes(),
                exchange.workers(),
                engine);
    }

    private static Coefficients initial(TrainingTask task, int outputs) {
        Coefficients original = task.initial();
        return original == null
                ? InitialCoefficients.of(task.optimizer(), outputs, task.set().features())
                : task.set().scale().toTrained(original, task.model().fitIntercept());
    }

    private static Optimizer optimizer(TrainingTask task, Objective objective, Coefficients initial) {
        TrainingSet set = task.set();
        Bounds bounds = task.bounds();
        long rows = set.statistics().rows();
        return bounds == null
                ? Optimizers.of(task.optimizer(), objective, rows, initial.values().length, Nd4jUpdaters::of)
                : Optimizers.within(bounds.toTrained(set.scale(), set.features()), task.optimizer(), objective);
    }

    private static Optimizer stoppingEarly(Optimizer optimizer, TrainingTask task) {
        Integer patience = task.optimizer().validation().patience();
        Shards validation = task.set().validation();
        return patience == null || validation == null
                ? optimizer
                : new EarlyStopping(
                        optimizer,
                        coefficients ->
                                Evaluator.logLoss(validation, task.set().scale().toOriginal(coefficients)),
                        patience);
    }

    private static void noteDevices(List<WorkerReport> workers, Progress progress) {
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

    private static void refuseDivergence(OptimizerState state, OptimizerSettings settings) {
        if (state.stop() == ConvergenceReason.DIVERGED) {
            throw new JobException(
                    ExitCode.DIVERGED,
                    "the objective is no finite number after step %d; the last finite one was %s: %s"
                            .formatted(
                                    state.step(),
                                    state.objective(),
                                    "lower --learning-rate (now %s) or use --standardization true"
                                            .formatted(Optimizers.learningRate(settings))));
        }
    }
}
