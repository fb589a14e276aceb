package org.sparkgrad.job.scheduled;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DriftLimits;

/**
 * The shifts of a night's distributions from those of the promoted version's night; {@code shifts.json} in a version.
 *
 * @param features the shift of each feature that both nights have
 * @param scores the shift of each score of the promoted version on held-out rows
 * @param version the promoted version
 */
record NightShifts(int version, List<Shift> features, List<Shift> scores) {
    /**
     * The largest probability that an unchanged night causes a warning or a refusal because of a shift. Features,
     * scores, labels and the promoted version's quality get equal parts of it (Bonferroni).
     */
    private static final double QUIET_NIGHTS = 0.01;

    /** The part of each of these four. */
    static final double PART = QUIET_NIGHTS / 4;

    /** Compares two nights; null for a night without this information. */
    static NightShifts between(
            int version,
            @Nullable Histograms features,
            @Nullable Histograms featuresNow,
            @Nullable Histograms scores,
            @Nullable Histograms scoresNow) {
        return new NightShifts(version, shifts(features, featuresNow), shifts(scores, scoresNow));
    }

    private static List<Shift> shifts(@Nullable Histograms before, @Nullable Histograms now) {
        return before == null || now == null ? List.of() : before.shiftsTo(now, PART);
    }

    /** Returns a sentence about features, and one about scores, if some exceed the limits for a warning. */
    List<String> warnings(DriftLimits limits) {
        List<String> warnings = new ArrayList<>();
        add(warnings, "feature", features, limits.warnPsi(), limits.warnKs(), "warnPsi", "warnKs");
        add(warnings, "score", scores, limits.warnPsi(), limits.warnKs(), "warnPsi", "warnKs");
        return warnings;
    }

    /** Returns a sentence about features, and one about scores, if some exceed the limits for a refusal. */
    List<String> reasons(DriftLimits limits) {
        List<String> reasons = new ArrayList<>();
        add(reasons, "feature", features, limits.refusePsi(), limits.refuseKs(), "refusePsi", "refuseKs");
        add(
                reasons,
                "score",
                scores,
                limits.refuseScorePsi(),
                limits.refuseScoreKs(),
                "refuseScorePsi",
                "refuseScoreKs");
        return reasons;
    }

    private void add(
            List<String> to, String kind, List<Shift> shifts, double psi, double ks, String psiKey, String ksKey) {
        List<Shift> beyond =
                shifts.stream().filter(shift -> shift.isBeyond(psi, ks)).toList();
        if (!beyond.isEmpty()) {
            Shift largest = largest(beyond, 1).get(0);
            to.add("the distribution of %s %s is not that of version %d's night: %s, with %s %s and %s %s; %d of %d %ss"
                    .formatted(
                            kind,
                            largest.name(),
                            version,
                            largest.text(),
                            psiKey,
                            text(psi),
                            ksKey,
                            text(ks),
                            beyond.size(),
                            shifts.size(),
                            kind));
        }
    }

    private static String text(double limit) {
        return String.format(Locale.ROOT, "%.4g", limit).replaceFirst("\\.?0+$", "");
    }

    /** Returns the shifts with the largest PSI, largest first. */
    static List<Shift> largest(List<Shift> shifts, int count) {
        return shifts.stream()
                .sorted(Comparator.comparingDouble((Shift shift) -> -shift.by().psi()))
                .limit(count)
                .toList();
    }
}
