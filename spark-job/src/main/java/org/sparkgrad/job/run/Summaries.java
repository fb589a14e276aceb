package org.sparkgrad.job.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.engine.EngineReport;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.model.CoefficientsHash;
import org.sparkgrad.job.optimize.ConvergenceReason;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.output.OutputFolder;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.Problem;
import org.sparkgrad.job.report.FailureSummary;
import org.sparkgrad.job.report.InterruptionSummary;
import org.sparkgrad.job.report.ReadText;
import org.sparkgrad.job.report.SummaryJson;
import org.sparkgrad.job.report.TrainingPlan;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.report.TrainingSummary.Status;
import org.sparkgrad.job.report.Versions;
import org.sparkgrad.job.shard.Shards;
import org.sparkgrad.job.shard.Statistics;
import org.sparkgrad.job.train.TrainingInterrupted;
import org.sparkgrad.job.train.TrainingResult;

/** Creates summaries of runs. */
final class Summaries {
    /** The number of passes besides those of the optimizer: the statistics and the training metrics. */
    private static final int OTHER_PASSES = 2;

    private Summaries() {}

    static TrainingSummary of(
            TrainSettings settings,
            Map<String, Object> config,
            RunData data,
            TrainingResult trained,
            TrainingSummary.MetricsBySet metrics,
            TrainingSummary.Seconds seconds) {
        List<String> labels = data.assembly().labels();
        return new TrainingSummary(
                Status.SUCCEEDED,
                trained.last().reason().orElseThrow().spelling(),
                trained.certificate(),
                isSeparable(settings.model(), metrics.train()) ? true : null,
                trained.objective(),
                trained.loss(),
                trained.history(),
                trained.last().step(),
                Optimizers.isMiniBatch(settings.optimizer()) ? trained.last().epoch() : null,
                Math.toIntExact(trained.evaluations()),
                (int) Math.round(trained.passes()) + OTHER_PASSES,
                new TrainingSummary.Method(
                        trained.method().name(), trained.method().reason()),
                engine(trained),
                new TrainingSummary.Data(
                        data.set().statistics().rows(),
                        data.assembly().features(),
                        labels.size(),
                        labels,
                        data.set().statistics().nonzeros(),
                        data.assembly().missing(),
                        data.assembly().dropped(),
                        ReadText.summary(data.report())),
                metrics,
                seconds,
                CoefficientsHash.sha256(trained.coefficients()),
                config,
                Versions.current(),
                settings.optimizer().seed(),
                data.shards().count());
    }

    /**
     * Returns whether no coefficients are the optimum: without a penalty, coefficients that predict all training rows
     * correctly improve by growing.
     */
    private static boolean isSeparable(ModelSettings model, @Nullable Metrics train) {
        return model.regParam() == 0 && train != null && train.accuracy() == 1;
    }

    static TrainingPlan plan(RunSetup setup) {
        RunData data = setup.data();
        Statistics statistics = data.set().statistics();
        Shards test = data.test();
        return new TrainingPlan(
                data.assembly().columns(),
                data.set().size(),
                data.assembly().missing(),
                data.assembly().dropped(),
                data.assembly().rows() - statistics.rows(),
                test == null ? null : test.reduce(shard -> (long) shard.rows(), Long::sum),
                data.assembly().labels(),
                Arrays.stream(statistics.classRows()).boxed().toList(),
                setup.workers().engine(),
                setup.workers().sites(),
                setup.workers().memory());
    }

    private static TrainingSummary.Engine engine(TrainingResult trained) {
        EngineReport first = trained.workers().get(0).engine();
        return new TrainingSummary.Engine(
                trained.choice().name(),
                distinct(trained, EngineReport::device),
                trained.choice().reason(),
                first.precision().name().toLowerCase(java.util.Locale.ROOT),
                distinct(trained, EngineReport::instructionSet),
                trained.workers().stream().map(Summaries::worker).toList());
    }

    private static String distinct(TrainingResult trained, Function<EngineReport, String> part) {
        return String.join(
                ", ",
                trained.workers().stream()
                        .map(worker -> part.apply(worker.engine()))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static TrainingSummary.Worker worker(WorkerReport report) {
        return new TrainingSummary.Worker(
                report.executor(),
                report.address(),
                report.engine().device(),
                report.engine().launches());
    }

    static InterruptionSummary of(TrainingInterrupted stopped, Map<String, Object> config) {
        return new InterruptionSummary(
                Status.INTERRUPTED,
                ConvergenceReason.INTERRUPTED.spelling(),
                stopped.progress().history(),
                stopped.progress().step(),
                stopped.progress().evaluations(),
                config,
                Versions.current());
    }

    /**
     * Writes the failure to OUTPUT.failed. If this fails, the original failure is reported nevertheless.
     *
     * @return whether there are checkpoints to resume from
     */
    static boolean recordFailure(OutputFolder output, Throwable failure, Map<String, Object> config) {
        Problem problem = Problem.of(failure);
        Status status = problem.exitCode() == ExitCode.DIVERGED ? Status.DIVERGED : Status.FAILED;
        try {
            return output.fail(
                    SummaryJson.text(new FailureSummary(status, problem.message(), config, Versions.current())),
                    status != Status.DIVERGED); // a resumed run would end the same way
        } catch (RuntimeException unwritable) {
            failure.addSuppressed(unwritable);
            return false;
        }
    }
}
