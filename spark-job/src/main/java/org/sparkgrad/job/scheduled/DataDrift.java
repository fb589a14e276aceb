package org.sparkgrad.job.scheduled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.GateSettings;

/**
 * The difference between the data of a run and the data of the promoted model's training.
 *
 * @param labelShare the largest difference between the shares of a label
 * @param featureMean the largest distance between the means of a feature, in units of its earlier deviation
 * @param featureDeviation the largest ratio between the deviations of a feature
 */
record DataDrift(
        @Nullable Extreme labelShare,
        @Nullable Extreme featureMean,
        @Nullable Extreme featureDeviation) {
    /**
     * The label or feature with the largest value.
     *
     * @param name the name
     * @param before the value in the promoted version's data
     * @param now the value in the run's data
     * @param value the largest value; the largest double for a feature that was constant and is not any more
     */
    record Extreme(String name, double before, double now, double value) {}

    /**
     * Compares two nights. Features are matched by name, and those that only one side has are ignored. Also ignored are
     * labels whose shares, and features of two values whose counts, differ by no more than samples of one distribution
     * may differ: in 200 rows, the deviation of a rare value doubles by chance.
     *
     * @param shifts the shifts of the distributions
     */
    static DataDrift between(TableProfile before, TableProfile now, NightShifts shifts) {
        Set<String> chance = shifts.features().stream()
                .filter(shift -> shift.by().bins() <= 2 && !shift.by().isBeyondNoise())
                .map(Shift::name)
                .collect(Collectors.toSet());
        Extreme share = null;
        Set<String> labels = new TreeSet<>(before.labels().keySet());
        labels.addAll(now.labels().keySet());
        if (!labelsMoved(labels, before, now)) {
            labels = Set.of();
        }
        for (String label : labels) {
            double difference = Math.abs(now.share(label) - before.share(label));
            share = larger(share, new Extreme(label, before.share(label), now.share(label), difference));
        }
        Map<String, Integer> places = new HashMap<>();
        for (int j = 0; j < before.featureNames().size(); j++) {
            places.put(before.featureNames().get(j), j);
        }
        Extreme mean = null;
        Extreme deviation = null;
        for (int j = 0; j < now.featureNames().size(); j++) {
            String name = now.featureNames().get(j);
            Integer place = places.get(name);
            if (place == null || chance.contains(name)) {
                continue;
            }
            double meanBefore = before.means().get(place);
            double meanNow = now.means().get(j);
            double deviationBefore = before.deviations().get(place);
            double deviationNow = now.deviations().get(j);
            double distance = ratio(Math.abs(meanNow - meanBefore), deviationBefore, 0);
            mean = larger(mean, new Extreme(name, meanBefore, meanNow, distance));
            double factor = Math.max(ratio(deviationNow, deviationBefore, 1), ratio(deviationBefore, deviationNow, 1));
            deviation = larger(deviation, new Extreme(name, deviationBefore, deviationNow, factor));
        }
        return new DataDrift(share, mean, deviation);
    }

    private static boolean labelsMoved(Set<String> labels, TableProfile before, TableProfile now) {
        long[] rowsBefore = rows(labels, before);
        long[] rowsNow = rows(labels, now);
        return LongStream.of(rowsBefore).sum() > 0
                && LongStream.of(rowsNow).sum() > 0
                && Divergence.between(rowsBefore, rowsNow, NightShifts.PART / 2).isBeyondNoise();
    }

    private static long[] rows(Set<String> labels, TableProfile profile) {
        return labels.stream()
                .mapToLong(label -> profile.labels().getOrDefault(label, 0L))
                .toArray();
    }

    private static double ratio(double above, double below, double ofNothing) {
        if (below > 0) {
            return Math.min(above / below, Double.MAX_VALUE);
        }
        return above == 0 ? ofNothing : Double.MAX_VALUE;
    }

    private static Extreme larger(@Nullable Extreme known, Extreme other) {
        return known == null || other.value() > known.value() ? other : known;
    }

    /** Returns a sentence for each limit that is exceeded. */
    List<String> beyond(GateSettings limits) {
        List<String> reasons = new ArrayList<>();
        if (labelShare != null && labelShare.value() > limits.labelShareDrift()) {
            reasons.add("the share of label %s went from %s to %s, by more than labelShareDrift %s"
                    .formatted(
                            labelShare.name(),
                            text(labelShare.before()),
                            text(labelShare.now()),
                            text(limits.labelShareDrift())));
        }
        if (featureMean != null && featureMean.value() > limits.featureMeanDrift()) {
            reasons.add("the mean of feature %s went from %s to %s, by more than featureMeanDrift %s deviations"
                    .formatted(
                            featureMean.name(),
                            text(featureMean.before()),
                            text(featureMean.now()),
                            text(limits.featureMeanDrift())));
        }
        if (featureDeviation != null && featureDeviation.value() > limits.featureDeviationRatio()) {
            reasons.add("the deviation of feature %s went from %s to %s, by more than featureDeviationRatio %s"
                    .formatted(
                            featureDeviation.name(),
                            text(featureDeviation.before()),
                            text(featureDeviation.now()),
                            text(limits.featureDeviationRatio())));
        }
        return reasons;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
