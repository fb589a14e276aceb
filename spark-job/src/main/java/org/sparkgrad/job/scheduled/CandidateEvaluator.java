package org.sparkgrad.job.scheduled;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DriftLimits;
import org.sparkgrad.job.config.GateSettings;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.registry.NightScore;
import org.sparkgrad.job.registry.RegisteredModel;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.run.Scoring;

/**
 * Measures a candidate and the promoted version on the same held-out rows, and compares the data of the night with the
 * promoted version's data.
 */
final class CandidateEvaluator {
    /** The file of the distributions of a version's scores on its own night. */
    static final String SCORES = "scores.json";

    private final SparkSession session;
    private final RegisteredModel model;
    private final TrainSettings settings;
    private final GateSettings limits;
    private final Progress progress;
    private final String runId;

    CandidateEvaluator(
            SparkSession session,
            RegisteredModel model,
            TrainSettings settings,
            GateSettings limits,
            Progress progress,
            String runId) {
        this.session = session;
        this.model = model;
        this.settings = settings;
        this.limits = limits;
        this.progress = progress;
        this.runId = runId;
    }

    /**
     * Evaluates a candidate.
     *
     * @param candidate the folder of the candidate
     * @param parent the promoted version; null where there is none
     * @param before the profile of the parent's training data; null if unknown
     * @param night the candidate's training data
     */
    CandidateEvaluation judge(
            Path candidate, @Nullable Integer parent, @Nullable TableProfile before, TableProfile.OfNight night) {
        Gate gate = new Gate(limits);
        gate.rows(model.summary(candidate).path("data").path("rows").asLong());
        Scoring.HeldOut<Histograms> ours = Scoring.heldOut(
                session,
                path(candidate),
                settings,
                (scores, rows, names) -> Histograms.of(scores.map(HistogramRows.Full::new), rows, names));
        NightScore score = PromotedMetrics.score(runId, 0, ours);
        if (parent == null) {
            return new CandidateEvaluation(
                    ours.metrics(),
                    ours.scores(),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    score,
                    gate.reasons(),
                    gate.warnings());
        }
        Histograms scores = scores(parent);
        if (before == null || before.histograms() == null || scores == null) {
            progress.note("version %d of an earlier sparkgrad has no distributions to compare with".formatted(parent));
        }
        Scoring.HeldOut<Shown> theirs = measure(parent, scores, gate);
        NightShifts shifts = NightShifts.between(
                parent,
                before == null ? null : before.histograms(),
                night.inBinsBefore(),
                scores,
                theirs == null ? null : theirs.scores().histograms());
        DataDrift drift = before == null ? null : DataDrift.between(before, night.profile(), shifts);
        gate.drift(drift);
        gate.shifts(shifts);
        if (theirs == null) {
            return new CandidateEvaluation(
                    ours.metrics(),
                    ours.scores(),
                    null,
                    null,
                    drift,
                    shifts,
                    List.of(),
                    score,
                    gate.reasons(),
                    gate.warnings());
        }
        gate.quality(ours.metrics(), theirs.metrics());
        NightScore incumbent = PromotedMetrics.score(runId, parent, theirs);
        List<PromotedMetrics.Fall> falls =
                PromotedMetrics.falls(PromotedMetrics.earlierNights(model, parent, runId), incumbent);
        gate.falls(parent, falls);
        return new CandidateEvaluation(
                ours.metrics(),
                ours.scores(),
                theirs.metrics(),
                fell(incumbent, falls, limits.shift()),
                drift,
                shifts,
                falls,
                score,
                gate.reasons(),
                gate.warnings());
    }

    private static NightScore fell(NightScore night, List<PromotedMetrics.Fall> falls, DriftLimits limits) {
        boolean fell = falls.stream().anyMatch(fall -> fall.isBeyond(limits.warnFall()));
        return new NightScore(
                night.runId(),
                night.version(),
                night.rows(),
                night.rarest(),
                night.accuracy(),
                night.logLoss(),
                night.areaUnderROC(),
                fell);
    }

    private @Nullable Histograms scores(int version) {
        Path folder = model.folder(version);
        return model.has(folder, SCORES) ? model.read(folder, SCORES, Histograms.class) : null;
    }

    /** The scores in the bins of an earlier night; null if there was no earlier night. */
    private record Shown(@Nullable Histograms histograms) {}

    /**
     * Measures the promoted model. If the model cannot score the data any more, the gate refuses the candidate, so that
     * an operator can decide.
     */
    private Scoring.@Nullable HeldOut<Shown> measure(int parent, @Nullable Histograms before, Gate gate) {
        try {
            return Scoring.heldOut(
                    session,
                    path(model.folder(parent)),
                    settings,
                    (scores, rows, names) -> new Shown(
                            before == null ? null : before.sameOf(scores.map(HistogramRows.Full::new), names)));
        } catch (Exception failure) { // Spark wraps the exceptions of tasks
            JobException problem = JobException.findIn(failure)
                    .filter(found -> found.exitCode() == ExitCode.DATA)
                    .orElse(null);
            if (problem == null) {
                throw failure;
            }
            gate.refuse("the promoted version %d cannot be measured on these data: %s"
                    .formatted(parent, problem.getMessage()));
            return null;
        }
    }

    private static String path(Path output) {
        return new Path(output, "model").toString();
    }
}
