package org.sparkgrad.job.scheduled;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.config.RegistrySettings;
import org.sparkgrad.job.config.ScheduledConfiguration;
import org.sparkgrad.job.files.LockOwner;
import org.sparkgrad.job.files.RunLock;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.problem.Problem;
import org.sparkgrad.job.registry.ModelRegistry;
import org.sparkgrad.job.registry.RegisteredModel;
import org.sparkgrad.job.registry.Retention;
import org.sparkgrad.job.registry.RunRecord;
import org.sparkgrad.job.registry.RunRecord.Status;
import org.sparkgrad.job.report.Progress;

/**
 * One start of a scheduled run. The run takes effect once per run id, runs alone, and is always recorded in the
 * history.
 */
public final class ScheduledRun {
    private final RegisteredModel model;
    private final ScheduledConfiguration configuration;
    private final RegistrySettings settings;
    private final Progress progress;
    private final String started = RunRecord.now();

    private ScheduledRun(RegisteredModel model, ScheduledConfiguration configuration, Progress progress) {
        this.model = model;
        this.configuration = configuration;
        this.settings = configuration.registry();
        this.progress = progress;
    }

    /**
     * Does the work of the run that is not done yet.
     *
     * @param hadoop the configuration of the registry's file system
     * @param spark the session, started only if there is work
     * @param progress receives the progress
     * @throws JobException for errors that the user can correct; the history records them, too
     */
    public static ScheduledResult start(
            Configuration hadoop,
            Supplier<SparkSession> spark,
            ScheduledConfiguration configuration,
            Progress progress) {
        RegistrySettings settings = configuration.registry();
        RegisteredModel model = ModelRegistry.open(hadoop, settings.folder()).model(settings.name());
        return new ScheduledRun(model, configuration, progress).start(spark);
    }

    private ScheduledResult start(Supplier<SparkSession> spark) {
        Optional<ScheduledResult> before = doneBefore();
        if (before.isPresent()) {
            return before.get();
        }
        LockOwner me = LockOwner.here(settings.runId(), started);
        RunLock.Answer answer = model.lock(me, settings.lockExpiry());
        if (answer instanceof RunLock.Busy busy) {
            return new ScheduledResult.Busy(busy.owner().text(), busy.stage());
        }
        RunLock.Taken taken = (RunLock.Taken) answer;
        try (RunLock lock = taken.lock()) {
            if (taken.abandoned() != null) {
                recordKilled(taken.abandoned());
            }
            // The run that has just ended may have had the same run id.
            Optional<ScheduledResult> meanwhile = doneBefore();
            return meanwhile.isPresent() ? meanwhile.get() : run(spark, lock);
        }
    }

    private Optional<ScheduledResult> doneBefore() {
        return settings.rerun()
                ? Optional.empty()
                : model.runs().stream()
                        .filter(run -> run.runId().equals(settings.runId())
                                && run.status().isDone())
                        .reduce((earlier, later) -> later)
                        .map(run -> run.status() == Status.PROMOTED
                                ? new ScheduledResult.Promoted(run.runId(), run.version(), run.warnings(), true)
                                : new ScheduledResult.Refused(
                                        run.runId(), run.version(), run.reasons(), run.warnings(), true));
    }

    private ScheduledResult run(Supplier<SparkSession> spark, RunLock lock) {
        ScheduledResult outcome;
        try {
            outcome = new RunStages(spark, model, lock, configuration, progress, started).run();
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            recordFailure(failure);
            throw failure;
        }
        enterCleaning(lock);
        return outcome;
    }

    /** Removes old versions. The run is done, so after an error the next run removes them. */
    private void enterCleaning(RunLock lock) {
        try {
            RunStages.enter(Stage.CLEANING, settings.runId(), lock, progress);
            List<Integer> removed = new Retention(settings.keepVersions(), settings.keepDays()).apply(model);
            if (!removed.isEmpty()) {
                progress.note("removed versions %s".formatted(removed));
            }
        } catch (JobException failure) {
            progress.note("not everything old could be removed: " + failure.getMessage());
        }
    }

    private void recordKilled(RunLock.Abandoned abandoned) {
        progress.note("%s was killed (%s)".formatted(abandoned.owner().text(), abandoned.stage()));
        model.record(new RunRecord(
                abandoned.owner().runId(),
                Status.KILLED,
                null,
                null,
                null,
                List.of("killed: " + abandoned.stage()),
                abandoned.owner().started(),
                null));
    }

    private void recordFailure(Throwable failure) {
        Problem problem = Problem.of(failure);
        ExitCode code = problem.exitCode();
        try {
            model.record(new RunRecord(
                    settings.runId(),
                    code == ExitCode.INTERRUPTED ? Status.INTERRUPTED : Status.FAILED,
                    code.status(),
                    null,
                    null,
                    List.of(problem.message()),
                    started,
                    RunRecord.now()));
        } catch (RuntimeException unwritable) {
            failure.addSuppressed(unwritable);
        }
    }
}
