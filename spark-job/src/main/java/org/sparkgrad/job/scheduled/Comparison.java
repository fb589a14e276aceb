package org.sparkgrad.job.scheduled;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.GateSettings;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.report.Drift;
import org.sparkgrad.job.report.Drift.Measure;

/** What the report of a run shows of the promoted model beside it: the numbers that the gate looked at. */
final class Comparison {
    private static final String QUALITY = "Held-out rows";
    private static final String DATA = "Training data, where it differs most";

    private Comparison() {}

    /**
     * Returns the comparison.
     *
     * @param promoted the promoted version
     * @param reasons why the run is refused; empty if it is not
     * @param ours metrics on the held-out rows
     * @param theirs the promoted model's on the same rows; null if it could not be measured
     * @param data how far the data have moved; null if that is not known
     */
    static Drift of(
            int promoted,
            List<String> reasons,
            Metrics ours,
            @Nullable Metrics theirs,
            @Nullable DataDrift data,
            GateSettings limits) {
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
        return new Drift(Integer.toString(promoted), reasons.isEmpty(), reasons, measures);
    }

    /** A change for the worse is positive. */
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
