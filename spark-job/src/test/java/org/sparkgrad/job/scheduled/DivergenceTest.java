package org.sparkgrad.job.scheduled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.config.DriftLimits;

/** The statistics by hand, and on made-up counts of quiet and shifted nights of any size. */
class DivergenceTest {
    private static final DriftLimits DEFAULTS = new DriftLimits(0.1, 0.5, 0.1, 0.3, 2, 0.6, 0.05, 0.25);

    /** With these every night that is beyond its noise is warned of, however small what moved. */
    private static final DriftLimits NOISE_ALONE = new DriftLimits(0, 0, 0, 0, 0, 0, 0, 0);

    private static final double HIGH = 0.999;

    /** Shares of bins as features have them: tenths, a rare flag, an even one, three levels, many rare values. */
    private static final List<double[]> SHARES = List.of(
            IntStream.range(0, 10).mapToDouble(bin -> 0.1).toArray(),
            new double[] {0.995, 0.005},
            new double[] {0.5, 0.5},
            new double[] {0.7, 0.29, 0.01},
            new double[] {0.55, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01, 0.01});

    @Test
    void statisticsAreThoseOfTheFormulas() {
        Divergence far = Divergence.between(new long[] {300, 700}, new long[] {500, 500}, 0.001);
        assertEquals(0.2, far.ks(), 1e-12);
        // By hand: (0.3 - 0.5) ln(0.3 / 0.5) + (0.7 - 0.5) ln(0.7 / 0.5), but for the half row.
        assertEquals(0.1695, far.psi(), 2e-3);
        assertEquals(Math.sqrt(Math.log(Math.E / 0.001) / 1000), far.ksNoise(), 1e-12);
        assertTrue(far.isBeyondNoise());
        Divergence same = Divergence.between(new long[] {300, 700}, new long[] {300, 700}, 0.001);
        assertEquals(0, same.psi());
        assertFalse(same.isBeyondNoise());
        Divergence constant = Divergence.between(new long[] {0, 5, 0}, new long[] {0, 9, 0}, 0.001);
        assertFalse(constant.isBeyondNoise());
        assertEquals(1, constant.bins());
        assertTrue(Double.isFinite(
                Divergence.between(new long[] {9, 0}, new long[] {0, 9}, 0.001).psi()));
    }

    @Test
    void oneOfAHundredQuietNightsAtMostIsBeyondNoiseWhateverTheSizes() {
        long[][] sizes = {
            {200, 200},
            {2000, 200},
            {200, 2000},
            {1_000_000, 200},
            {2000, 2000},
            {30_000, 50_000},
            {1_000_000, 1_000_000}
        };
        for (int features : new int[] {3, 30, 1000}) {
            int nights = features == 1000 ? 60 : 1000;
            for (long[] rows : sizes) {
                Random random = new Random(features + rows[0] + 31 * rows[1]);
                int alarms = 0;
                for (int night = 0; night < nights; night++) {
                    alarms += night(random, features, rows[0], rows[1], 0)
                                    .warnings(NOISE_ALONE)
                                    .isEmpty()
                            ? 0
                            : 1;
                }
                assertTrue(alarms <= nights / 100, alarms + " of " + nights + ", " + features + " x " + rows[1]);
            }
        }
    }

    @Test
    void aShiftInAFifthOfTheFeaturesIsWarnedOf() {
        for (int features : new int[] {3, 5, 100, 1000}) {
            for (long rows : new long[] {2000, 20_000, 1_000_000}) {
                Random random = new Random(features + rows);
                int nights = features == 1000 ? 10 : 200;
                int warned = 0;
                for (int night = 0; night < nights; night++) {
                    NightShifts shifts = night(random, features, rows, rows, Math.max(1, features / 5));
                    warned += shifts.warnings(DEFAULTS).isEmpty() ? 0 : 1;
                    assertEquals(List.of(), shifts.reasons(DEFAULTS), "it is too small for a refusal");
                }
                assertTrue(warned >= HIGH * nights, warned + " of " + nights + ", " + features + " x " + rows);
            }
        }
    }

    /** Two nights of some features, the first few of which move by 0.44 deviations. */
    private static NightShifts night(Random random, int features, long before, long now, int moved) {
        List<String> names = new ArrayList<>();
        List<List<Double>> edges = new ArrayList<>();
        List<List<Long>> earlier = new ArrayList<>();
        List<List<Long>> later = new ArrayList<>();
        for (int j = 0; j < features; j++) {
            double[] shares = j < moved ? SHARES.get(0) : SHARES.get(j % SHARES.size());
            names.add("x" + j);
            edges.add(List.of());
            earlier.add(draw(random, shares, before));
            later.add(draw(random, j < moved ? MOVED : shares, now));
        }
        return NightShifts.between(
                1, new Histograms(names, edges, earlier), new Histograms(names, edges, later), null, null);
    }

    /** Tenths of a normal feature, once its mean is 0.44 deviations higher: Phi(z - 0.44) by Phi(z) = 0.1, 0.2, ... */
    private static final double[] MOVED = movedTenths();

    private static double[] movedTenths() {
        double[] z = {-1.2815516, -0.8416212, -0.5244005, -0.2533471, 0, 0.2533471, 0.5244005, 0.8416212, 1.2815516};
        double[] shares = new double[10];
        double below = 0;
        for (int bin = 0; bin < z.length; bin++) {
            double upTo = phi(z[bin] - 0.44);
            shares[bin] = upTo - below;
            below = upTo;
        }
        shares[9] = 1 - below;
        return shares;
    }

    /** The normal distribution's share below z, by Simpson's rule. */
    private static double phi(double z) {
        int steps = 2000;
        double h = (z + 8) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double x = -8 + i * h;
            sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-x * x / 2);
        }
        return sum * h / 3 / Math.sqrt(2 * Math.PI);
    }

    private static List<Long> draw(Random random, double[] shares, long rows) {
        List<Long> counts = new ArrayList<>();
        long left = rows;
        double rest = 1;
        for (int bin = 0; bin < shares.length; bin++) {
            long count = bin == shares.length - 1 ? left : binomial(random, left, Math.min(1, shares[bin] / rest));
            counts.add(count);
            left -= count;
            rest -= shares[bin];
        }
        return counts;
    }

    /** Inverts the distribution where counts are small; where they are large it is the normal one's. */
    private static long binomial(Random random, long n, double p) {
        if (p > 0.5) {
            return n - binomial(random, n, 1 - p);
        }
        double variance = n * p * (1 - p);
        if (variance > 100) {
            return Math.max(0, Math.min(n, Math.round(n * p + Math.sqrt(variance) * random.nextGaussian())));
        }
        double u = random.nextDouble();
        double probability = Math.exp(n * Math.log1p(-p));
        long k = 0;
        while (u > probability && k < n) {
            u -= probability;
            k++;
            probability *= (n - k + 1.0) / k * p / (1 - p);
        }
        return k;
    }
}
