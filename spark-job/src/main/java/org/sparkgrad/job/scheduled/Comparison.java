package org.sparkgrad.job.scheduled;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DriftLimits;
import org.sparkgrad.job.config.GateSettings;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.report.Drift;
import org.sparkgrad.job.report.Drift.Measure;

/** Creates the comparison with the promoted model for the report of a run: the numbers that the gate has used. */
final class Comparison {
    private static final String QUALITY = "Held-out rows";
    private static final String DATA = "Training data, where it differs most";

    private static final String NIGHTS = "The promoted model, on its earlier nights and this one";
    private static final String DISTRIBUTIONS = "Distributions, where they differ most";

    /** The number of features, and of scores, with the largest PSI in the report; {@code shifts.json} contains all. */
    private static final int SHOWN = 5;

    private Comparison() {}

    /**
     * Returns the comparison.
     *
     * @param promoted the promoted version
     * @param evaluation the evaluation of the candidate
     */
    static Drift of(int promoted, CandidateEvaluation evaluation, GateSettings limits) {
        Metrics ours = evaluation.metrics();
        Metrics theirs = evaluation.promoted();
        DataDrift data = evaluation.drift();
        List<Measure> measures = new ArrayList<>();
        if (theirs != null) {
            measures.add(quality("log loss", theirs.logLoss(), ours.logLoss(), 1, limits.logLossMargin()));
            measures.add(quality("area under ROC", theirs.areaUnderROC(), ours.areaUnderROC(), -1, limits.aucMargin()));
            measures.add(quality("accuracy", theirs.accuracy(), ours.accuracy(), -1, null));
        }
        if (data != null) {
            add(measures, "share of label %s", data.labelShare(), limits.labelShareDrift());
            add(measures, "mean of %s, in deviations", data.featureMean(), limits.featureMeanDrift());
            add(measures, "deviation of %s, as a factor", data.featureDeviation(), limits.featureDeviationRatio());
        }
        for (PromotedMetrics.Fall fall : evaluation.falls()) {
            measures.add(new Measure(
                    NIGHTS,
                    fall.metric(),
                    fall.before(),
                    fall.now(),
                    fall.size(),
                    limits.shift().warnFall()));
        }
        NightShifts shifts = evaluation.shifts();
        if (shifts != null) {
            shifts(measures, shifts.scores(), limits.shift());
            shifts(measures, shifts.features(), limits.shift());
        }
        return new Drift(
                Integer.toString(promoted),
                evaluation.reasons().isEmpty(),
                evaluation.reasons(),
                evaluation.warnings(),
                measures);
    }

    private static void shifts(List<Measure> measures, List<Shift> all, DriftLimits limits) {
        for (Shift shift : NightShifts.largest(all, SHOWN)) {
            Divergence by = shift.by();
            measures.add(new Measure(
                    DISTRIBUTIONS,
                    "PSI of " + shift.name(),
                    null,
                    null,
                    by.psi(),
                    Math.max(limits.warnPsi(), by.psiNoise())));
            measures.add(new Measure(
                    DISTRIBUTIONS,
                    "KS of " + shift.name(),
                    null,
                    null,
                    by.ks(),
                    Math.max(limits.warnKs(), by.ksNoise())));
        }
    }

    /** Returns a measure whose change is positive if the metric got worse. */
    private static Measure quality(
            String name, @Nullable Double promoted, @Nullable Double candidate, int worse, @Nullable Double limit) {
        Double change = promoted == null || candidate == null ? null : worse * (candidate - promoted);
        return new Measure(QUALITY, name, promoted, candidate, change, limit);
    }

    private static void add(List<Measure> measures, String name, DataDrift.@Nullable Extreme extreme, double limit) {
        if (extreme != null) {
            measures.add(new Measure(
                    DATA, name.formatted(extreme.name()), extreme.before(), extreme.now(), extreme.value(), limit));
        }
    }
}
