package org.sparkgrad.job.scheduled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.registry.NightScore;

/** Accuracy and area under ROC of one model on made-up nights: quiet ones are hardly ever a fall, shifted ones are. */
class PromotedMetricsTest {
    private static final int NIGHTS = 1000;
    private static final double ACCURACY = 0.928;
    private static final double SHIFTED_ACCURACY = 0.768;
    private static final double WARN_FALL = 0.05;

    /** Nights of one model are alike: at most 1 of 100 is beyond noise, whatever the limit. */
    @ParameterizedTest
    @CsvSource({"40, 1", "200, 1", "200, 20", "2000, 3"})
    void quietNightsAreNoFall(int rows, int earlierNights) {
        Random random = new Random(31L * rows + earlierNights);
        int alarms = 0;
        for (int i = 0; i < NIGHTS; i++) {
            List<NightScore> earlier = new ArrayList<>();
            for (int night = 0; night < earlierNights; night++) {
                earlier.add(night(random, rows, ACCURACY));
            }
            List<PromotedMetrics.Fall> falls = PromotedMetrics.falls(earlier, night(random, rows, ACCURACY));
            assertEquals(2, falls.size(), "accuracy and area under ROC");
            alarms += falls.stream().anyMatch(fall -> fall.isBeyond(0)) ? 1 : 0;
        }
        assertTrue(alarms <= NIGHTS / 100, alarms + " of " + NIGHTS);
    }

    /** The night that once passed without a word: from .928 to .768 on the fifth of 2,000 rows or more that is held out. */
    @ParameterizedTest
    @CsvSource({"400", "2000", "100000"})
    void theFallFromThe928To768IsSeen(int rows) {
        List<NightScore> earlier = List.of(score(rows, rows / 2.0, ACCURACY, null));
        List<PromotedMetrics.Fall> falls =
                PromotedMetrics.falls(earlier, score(rows, rows / 2.0, SHIFTED_ACCURACY, null));
        assertEquals(
                List.of("accuracy"),
                falls.stream().map(PromotedMetrics.Fall::metric).toList());
        assertTrue(falls.get(0).isBeyond(WARN_FALL));
    }

    /** Draws a night of which a share is predicted right, one row of five is of the positive label, and its area. */
    private static NightScore night(Random random, int rows, double accuracy) {
        int right = 0;
        int positive = 0;
        double[] scores = new double[rows];
        boolean[] labels = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            right += random.nextDouble() < accuracy ? 1 : 0;
            labels[row] = random.nextInt(5) == 0;
            positive += labels[row] ? 1 : 0;
            scores[row] = random.nextGaussian() + (labels[row] ? 1 : 0);
        }
        int rarest = Math.min(positive, rows - positive);
        return score(rows, rarest, (double) right / rows, rarest == 0 ? null : area(scores, labels));
    }

    private static double area(double[] scores, boolean[] labels) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, row -> row);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
        double below = 0;
        double pairs = 0;
        for (int row : order) {
            if (labels[row]) {
                pairs += below;
            } else {
                below++;
            }
        }
        return pairs / (below * (scores.length - below));
    }

    private static NightScore score(int rows, double rarest, double accuracy, @Nullable Double area) {
        return new NightScore("night", 1, rows, rarest, accuracy, 0.3, area, false);
    }
}
