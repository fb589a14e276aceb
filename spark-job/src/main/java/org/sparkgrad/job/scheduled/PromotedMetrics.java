package org.sparkgrad.job.scheduled;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.registry.NightScore;
import org.sparkgrad.job.registry.RegisteredModel;
import org.sparkgrad.job.registry.RunRecord;
import org.sparkgrad.job.run.Scoring;

/** Compares the promoted version's metrics on a night's held-out rows with its metrics on earlier nights. */
final class PromotedMetrics {
    /** The number of metrics: accuracy and area under ROC. */
    private static final int METRICS = 2;

    /** The probability for each statistic; a divergence has two statistics. */
    private static final double EACH = NightShifts.PART / METRICS / 2;

    private PromotedMetrics() {}

    /**
     * A metric that is lower than before.
     *
     * @param metric the name of the metric
     * @param before the value on the earlier nights, weighted by their rows
     * @param now the value of this night
     * @param beyondNoise whether two samples of one share differ that much in only one of many nights
     */
    record Fall(String metric, double before, double now, boolean beyondNoise) {
        /** Returns the difference; below 0 if the metric is higher. */
        double size() {
            return before - now;
        }

        /** Returns whether the difference is above a limit and above noise. */
        boolean isBeyond(double limit) {
            return size() > limit && beyondNoise;
        }

        /** Returns a sentence about the difference. */
        String text(int version, String key, double limit) {
            return String.format(
                    Locale.ROOT,
                    "%s of the promoted version %d fell from %.4f on its earlier nights to %.4f, by more than %s %s",
                    metric,
                    version,
                    before,
                    now,
                    key,
                    limit);
        }
    }

    /** Returns the metrics of a version on held-out rows. */
    static NightScore score(String runId, int version, Scoring.HeldOut<?> heldOut) {
        Metrics metrics = heldOut.metrics();
        double weights = 0;
        double rarest = Double.POSITIVE_INFINITY;
        for (Metrics.PerClass label : metrics.perClass()) {
            weights += label.support();
            rarest = Math.min(rarest, label.support());
        }
        return new NightScore(
                runId,
                version,
                heldOut.rows(),
                weights > 0 ? heldOut.rows() * rarest / weights : 0,
                metrics.accuracy(),
                metrics.logLoss(),
                metrics.areaUnderROC(),
                false);
    }

    /**
     * Returns the nights on which a version was measured and had not fallen, its own night first; each run occurs once.
     */
    static List<NightScore> earlierNights(RegisteredModel model, int version, String runId) {
        Map<String, NightScore> nights = new LinkedHashMap<>();
        NightScore own = model.manifest(version).score();
        if (own != null) {
            nights.put(own.runId(), own);
        }
        for (RunRecord run : model.runs()) {
            NightScore night = run.incumbent();
            if (night != null && night.version() == version) {
                nights.put(night.runId(), night);
            }
        }
        nights.remove(runId);
        return nights.values().stream().filter(night -> !night.fell()).toList();
    }

    /**
     * Compares accuracy and, if all nights have it, area under ROC. Correct predictions are a share of the rows. The
     * variance of an area is at most A(1 - A) / min(n0, n1) (Birnbaum and Klose, Bounds for the Variance of the
     * Mann-Whitney Statistic, 1957), the variance of a share of the rows of the rarer label, so it is compared like a
     * share.
     */
    static List<Fall> falls(List<NightScore> earlier, NightScore now) {
        List<Fall> falls = new ArrayList<>();
        if (!earlier.isEmpty()) {
            add(falls, "accuracy", earlier, now, NightScore::rows, NightScore::accuracy);
            List<NightScore> ranked = earlier.stream()
                    .filter(night -> night.areaUnderROC() != null)
                    .toList();
            add(falls, "area under ROC", ranked, now, NightScore::rarest, NightScore::areaUnderROC);
        }
        return falls;
    }

    /** Returns a metric of a night, or null if the night does not have it. */
    @FunctionalInterface
    private interface NightNumber {
        @Nullable
        Double of(NightScore night);
    }

    private static void add(
            List<Fall> falls,
            String metric,
            List<NightScore> earlier,
            NightScore now,
            NightNumber rows,
            NightNumber share) {
        double rowsBefore = 0;
        double right = 0;
        for (NightScore night : earlier) {
            rowsBefore += orZero(rows.of(night));
            right += orZero(rows.of(night)) * orZero(share.of(night));
        }
        Double shareNow = share.of(now);
        double rowsNow = orZero(rows.of(now));
        if (shareNow == null || Math.round(rowsBefore) == 0 || Math.round(rowsNow) == 0) {
            return;
        }
        double before = right / rowsBefore;
        Divergence divergence = Divergence.between(counts(before, rowsBefore), counts(shareNow, rowsNow), EACH);
        falls.add(new Fall(metric, before, shareNow, divergence.isBeyondNoise()));
    }

    private static long[] counts(double share, double rows) {
        long all = Math.round(rows);
        long right = Math.min(all, Math.round(share * rows));
        return new long[] {right, all - right};
    }

    private static double orZero(@Nullable Double number) {
        return number == null ? 0 : number;
    }
}
