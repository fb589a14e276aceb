package org.sparkgrad.job.scheduled;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.GateSettings;
import org.sparkgrad.job.evaluate.Metrics;

/** Decides whether a candidate may be promoted. */
final class Gate {
    private final GateSettings limits;
    private final List<String> reasons = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Gate(GateSettings limits) {
        this.limits = limits;
    }

    /** Compares the number of training rows with the smallest number allowed. */
    void rows(long rows) {
        if (rows < limits.minimumRows()) {
            reasons.add("%d training rows are fewer than minimumRows %d".formatted(rows, limits.minimumRows()));
        }
    }

    /** Compares the data with those of the promoted model. */
    void drift(@Nullable DataDrift drift) {
        if (drift != null) {
            reasons.addAll(drift.beyond(limits));
        }
    }

    /** Compares the metrics on the same held-out rows. */
    void quality(Metrics candidate, Metrics promoted) {
        if (!(candidate.logLoss() <= promoted.logLoss() + limits.logLossMargin())) {
            reasons.add("log loss %s is above the promoted model's %s by more than logLossMargin %s"
                    .formatted(text(candidate.logLoss()), text(promoted.logLoss()), text(limits.logLossMargin())));
        }
        Double area = candidate.areaUnderROC();
        Double promotedArea = promoted.areaUnderROC();
        if (area != null && promotedArea != null && !(area >= promotedArea - limits.aucMargin())) {
            reasons.add("area under ROC %s is below the promoted model's %s by more than aucMargin %s"
                    .formatted(text(area), text(promotedArea), text(limits.aucMargin())));
        }
    }

    /** Compares the distributions with those of the promoted model's night. */
    void shifts(NightShifts shifts) {
        reasons.addAll(shifts.reasons(limits.shift()));
        warnings.addAll(shifts.warnings(limits.shift()));
    }

    /** Compares the promoted model's metrics with those of its earlier nights. */
    void falls(int version, List<PromotedMetrics.Fall> falls) {
        double refuse = limits.shift().refuseFall();
        double warn = limits.shift().warnFall();
        for (PromotedMetrics.Fall fall : falls) {
            if (fall.isBeyond(refuse)) {
                reasons.add(fall.text(version, "refuseFall", refuse));
            }
            if (fall.isBeyond(warn)) {
                warnings.add(fall.text(version, "warnFall", warn));
            }
        }
    }

    /** Adds another reason for a refusal. */
    void refuse(String reason) {
        reasons.add(reason);
    }

    /** Returns the reasons for a refusal; empty if the candidate is accepted. */
    List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** Returns other facts to look at, for an accepted or a refused candidate. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
