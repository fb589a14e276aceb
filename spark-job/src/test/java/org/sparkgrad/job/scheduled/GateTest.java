package org.sparkgrad.job.scheduled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.config.DriftLimits;
import org.sparkgrad.job.config.GateSettings;
import org.sparkgrad.job.evaluate.Metrics;

/** What the gate lets pass, at its limits. */
class GateTest {
    private static final GateSettings LIMITS =
            new GateSettings(100, 0.25, 0.125, 0.25, 2, 4, new DriftLimits(0.1, 0.5, 0.1, 0.3, 2, 0.6, 0.05, 0.25));
    private static final NightShifts NONE = new NightShifts(1, List.of(), List.of());

    private static List<String> quality(Metrics candidate, Metrics promoted) {
        Gate gate = new Gate(LIMITS);
        gate.quality(candidate, promoted);
        return gate.reasons();
    }

    private static Metrics metrics(double logLoss, @Nullable Double area) {
        return new Metrics(0.5, logLoss, area, area, List.of(), List.of());
    }

    private static TableProfile profile(long cats, long dogs, double mean, double deviation) {
        return new TableProfile(
                100 * (cats + dogs),
                Map.of("cat", 100 * cats, "dog", 100 * dogs),
                List.of("weight", "constant"),
                List.of(mean, 1.0),
                List.of(deviation, 0.0),
                null);
    }

    private static List<String> drift(TableProfile now) {
        return DataDrift.between(profile(50, 50, 10, 2), now, NONE).beyond(LIMITS);
    }

    @Test
    void metricsMayBeWorseByTheirMarginsAndNoMore() {
        assertEquals(List.of(), quality(metrics(0.75, 0.75), metrics(0.5, 0.875)));
        assertTrue(quality(metrics(0.7501, 0.75), metrics(0.5, 0.875)).get(0).startsWith("log loss 0.750100"));
        assertTrue(quality(metrics(0.75, 0.7499), metrics(0.5, 0.875)).get(0).startsWith("area under ROC 0.749900"));
        assertEquals(2, quality(metrics(1, 0.5), metrics(0.5, 0.875)).size());
        assertEquals(1, quality(metrics(Double.NaN, null), metrics(0.5, null)).size());
    }

    @Test
    void fewRowsAreRefused() {
        Gate gate = new Gate(LIMITS);
        gate.rows(100);
        assertEquals(List.of(), gate.reasons());
        gate.rows(99);
        assertEquals(List.of("99 training rows are fewer than minimumRows 100"), gate.reasons());
    }

    @Test
    void driftIsMeasuredFromThePromotedVersion() {
        assertEquals(List.of(), drift(profile(75, 25, 14, 8)));
        assertEquals(List.of(), drift(profile(25, 75, 6, 0.5)));
        assertTrue(drift(profile(76, 24, 10, 2)).get(0).contains("label cat went from 0.5000 to 0.7600"));
        assertTrue(drift(profile(50, 50, 14.1, 2)).get(0).contains("mean of feature weight went from 10.00 to 14.10"));
        assertTrue(drift(profile(50, 50, 10, 8.1)).get(0).contains("deviation of feature weight"));
        assertTrue(drift(profile(50, 50, 10, 0)).get(0).contains("deviation of feature weight"), "a dead column");
        assertEquals(3, drift(profile(1, 99, 99, 99)).size());
    }

    @Test
    void aColumnThatBeginsToChangeHasDriftedAndOnesOfOneSideHaveNot() {
        TableProfile awake = new TableProfile(
                100,
                Map.of("cat", 50L, "dog", 50L),
                List.of("constant", "new"),
                List.of(1.5, 7.0),
                List.of(1.0, 1.0),
                null);
        assertEquals(2, drift(awake).size(), "mean and deviation of constant");
        TableProfile other =
                new TableProfile(100, Map.of("cat", 50L, "dog", 50L), List.of("new"), List.of(7.0), List.of(1.0), null);
        assertEquals(List.of(), drift(other));
    }

    @Test
    void whatChanceDoesInFewRowsIsNoDrift() {
        TableProfile before = few(52, 1);
        assertEquals(
                List.of(),
                DataDrift.between(before, few(78, 9), rareShift(1, 9)).beyond(LIMITS),
                "labels 0.52 to 0.78 and a rare flag of 1 and 9 in 100 rows");
        assertEquals(
                List.of("rare", "rare"),
                DataDrift.between(before, few(52, 60), rareShift(1, 60)).beyond(LIMITS).stream()
                        .map(reason -> reason.replaceFirst(".*feature (\\w+) .*", "$1"))
                        .toList());
    }

    private static TableProfile few(long cats, double flags) {
        double share = flags / 100;
        return new TableProfile(
                100,
                Map.of("cat", cats, "dog", 100 - cats),
                List.of("rare"),
                List.of(share),
                List.of(Math.sqrt(share * (1 - share))),
                null);
    }

    private static NightShifts rareShift(long before, long now) {
        Divergence by = Divergence.between(
                new long[] {100 - before, before}, new long[] {100 - now, now}, NightShifts.PART / 2);
        return new NightShifts(1, List.of(new Shift("rare", by)), List.of());
    }
}
