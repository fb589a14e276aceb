package org.sparkgrad.job.scheduled;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.ScheduledConfiguration;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.files.Json;
import org.sparkgrad.job.files.RunLock;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.DataFingerprint;
import org.sparkgrad.job.registry.Manifest;
import org.sparkgrad.job.registry.Promotion;
import org.sparkgrad.job.registry.RegisteredModel;
import org.sparkgrad.job.registry.RunRecord;
import org.sparkgrad.job.registry.RunRecord.Status;
import org.sparkgrad.job.report.Drift;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.RunReport;
import org.sparkgrad.job.report.Versions;
import org.sparkgrad.job.run.Trainer;

/** The stages of a run that holds the lock. Each stage first looks for results of a killed start of the same run. */
final class RunStages {
    private static final String PLAN = ".plan.json";
    private static final String PROFILE = "profile.json";
    private static final String SHIFTS = "shifts.json";
    private static final String SUMMARY = "summary.json";

    private final Supplier<SparkSession> spark;
    private final RegisteredModel model;
    private final RunLock lock;
    private final ScheduledConfiguration configuration;
    private final Progress progress;
    private final String started;
    private final String runId;

    RunStages(
            Supplier<SparkSession> spark,
            RegisteredModel model,
            RunLock lock,
            ScheduledConfiguration configuration,
            Progress progress,
            String started) {
        this.spark = spark;
        this.model = model;
        this.lock = lock;
        this.configuration = configuration;
        this.progress = progress;
        this.started = started;
        this.runId = configuration.registry().runId();
    }

    ScheduledResult run() {
        Optional<Integer> judged = judgedBefore();
        int version = judged.isPresent() ? judged.get() : train();
        return promote(version);
    }

    static void enter(Stage stage, String runId, RunLock lock, Progress progress) {
        lock.enter(stage.text());
        progress.note("run %s: %s".formatted(runId, stage.text()));
    }

    private void enter(Stage stage) {
        enter(stage, runId, lock, progress);
    }

    /** Returns the version that a killed start of this run had created but not recorded. */
    private Optional<Integer> judgedBefore() {
        List<Integer> recorded = model.runs().stream()
                .map(RunRecord::version)
                .filter(Objects::nonNull)
                .toList();
        return model.versions().stream()
                .filter(version -> version.runId().equals(runId) && !recorded.contains(version.version()))
                .map(version -> version.version())
                .findFirst();
    }

    private int train() {
        enter(Stage.READING);
        SparkSession session = spark.get();
        DemoData.writeIfAsked(session, configuration, progress);
        @Nullable Integer parent = model.promoted().map(Promotion::version).orElse(null);
        @Nullable
        TableProfile before = parent == null || !model.has(model.folder(parent), PROFILE)
                ? null
                : model.read(model.folder(parent), PROFILE, TableProfile.class);
        TrainSettings settings = inOrder(training(null).settings(), before);
        DataFingerprint fingerprint = DataFingerprint.of(session, settings.data());
        TableProfile.OfNight night = TableProfile.of(session, settings, before);
        TableProfile profile = night.profile();
        @Nullable String initial = WarmStart.from(session, configuration, settings, model, profile, before);
        progress.note(initial == null ? "starts anew" : "starts at version %d".formatted(parent));
        discardUnless(new RunPlan(fingerprint, parent, configuration.config(), Versions.current()));

        enter(Stage.TRAINING);
        TrainConfiguration training = training(initial);
        Path candidate = model.candidate(runId);
        if (model.has(candidate, SUMMARY)) {
            progress.note("trained before the run was killed");
        } else {
            train(session, inOrder(training.settings(), before), training.config());
        }

        enter(Stage.EVALUATING);
        CandidateEvaluation evaluation = new CandidateEvaluator(
                        session, model, settings, configuration.gate(), progress, runId)
                .judge(candidate, parent, before, night);
        evaluation.warnings().forEach(warning -> progress.note("warning: " + warning));

        enter(Stage.WRITING);
        model.write(candidate, PROFILE, profile);
        model.write(candidate, CandidateEvaluator.SCORES, evaluation.scores());
        if (evaluation.shifts() != null) {
            model.write(candidate, SHIFTS, evaluation.shifts());
        }
        model.write(candidate, "manifest.json", manifest(evaluation, parent, initial != null, fingerprint, profile));
        if (parent != null) {
            model.write(candidate, Drift.FILE, Comparison.of(parent, evaluation, configuration.gate()));
        }
        RunReport.remake(session.sparkContext().hadoopConfiguration(), candidate.toString());
        lock.check();
        return model.publish(runId);
    }

    /** Returns the settings with the promoted model's labels first, so that a class keeps its index in all runs. */
    private static TrainSettings inOrder(TrainSettings settings, @Nullable TableProfile promoted) {
        return promoted == null
                ? settings
                : settings.withFirstLabels(List.copyOf(promoted.labels().keySet()));
    }

    private void train(SparkSession session, TrainSettings settings, Map<String, Object> config) {
        try {
            Trainer.train(session, settings, config, progress);
            progress.done();
        } catch (JobException refused) {
            if (refused.exitCode() == ExitCode.DATA || refused.exitCode() == ExitCode.USAGE) {
                model.discard(runId); // a refused checkpoint would be refused again
            }
            throw refused;
        }
    }

    private TrainConfiguration training(@Nullable String initialModel) {
        return configuration.training(model.candidate(runId).toString(), initialModel);
    }

    private void discardUnless(RunPlan plan) {
        Path candidate = model.candidate(runId);
        Path folder = Objects.requireNonNull(candidate.getParent(), "a candidate is in a folder");
        String name = runId + PLAN;
        if (model.has(folder, name)
                && model.read(folder, name, JsonNode.class)
                        .toString()
                        .equals(Json.tree(plan).toString())) {
            return;
        }
        model.discard(runId);
        model.write(folder, name, plan);
    }

    private Manifest manifest(
            CandidateEvaluation evaluation,
            @Nullable Integer parent,
            boolean warmStart,
            DataFingerprint fingerprint,
            TableProfile profile) {
        JsonNode summary = model.summary(model.candidate(runId));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("rows", profile.rows());
        data.put("labels", profile.labels());
        data.put("files", fingerprint);
        Map<String, Metrics> heldOut = new LinkedHashMap<>();
        heldOut.put("candidate", evaluation.metrics());
        if (evaluation.promoted() != null) {
            heldOut.put("promoted", evaluation.promoted());
        }
        return new Manifest(
                runId,
                RunRecord.now(),
                started,
                evaluation.reasons().isEmpty(),
                evaluation.reasons(),
                evaluation.warnings(),
                evaluation.score(),
                evaluation.incumbent(),
                parent,
                warmStart,
                configuration.config(),
                Json.tree(data),
                Json.tree(heldOut),
                Json.tree(evaluation.drift() == null ? Map.of() : evaluation.drift()),
                summary.path("seed").asLong(),
                summary.path("shards").asInt(),
                summary.path("engine"),
                summary.path("seconds"),
                summary.path("coefficientsSha256").asText(),
                summary.path("versions"));
    }

    private ScheduledResult promote(int version) {
        Manifest manifest = model.manifest(version);
        List<String> reasons = manifest.reasons();
        List<String> warnings = manifest.warnings() == null ? List.of() : manifest.warnings();
        if (manifest.passed()) {
            enter(Stage.PROMOTING);
            if (moves(version, manifest.parent())) {
                progress.note("version %d is promoted".formatted(version));
            } else {
                reasons = List.of("another version was promoted while the run was under way");
            }
        }
        boolean promoted = reasons.isEmpty();
        model.record(new RunRecord(
                runId,
                promoted ? Status.PROMOTED : Status.REFUSED,
                (promoted ? ExitCode.OK : ExitCode.REFUSED).status(),
                version,
                manifest.parent(),
                reasons,
                warnings,
                manifest.incumbent(),
                started,
                RunRecord.now()));
        return promoted
                ? new ScheduledResult.Promoted(runId, version, warnings, false)
                : new ScheduledResult.Refused(runId, version, reasons, warnings, false);
    }

    /**
     * Promotes the version instead of the parent, or finds that a killed start of the run has promoted it. Returns
     * whether the version is promoted.
     */
    private boolean moves(int version, @Nullable Integer parent) {
        int after = model.promotions();
        @Nullable Integer now = model.promoted().map(Promotion::version).orElse(null);
        if (Objects.equals(now, version)) {
            return true;
        }
        lock.check();
        return Objects.equals(now, parent) && model.promote(version, Promotion.Reason.RUN, after);
    }
}
