package org.sparkgrad.job.scheduled;

import java.util.stream.LongStream;

/**
 * The difference between two samples of n and m rows, counted in the same bins, and the difference that two samples of
 * one distribution may have. With p and q the shares of a bin:
 *
 * <ul>
 * <li>PSI = sum (p - q) ln(p / q), the population stability index: the divergence of Jeffreys (Kullback and Leibler, On
 * Information and Sufficiency, 1951). Half a row is added to each bin, so an empty one gives a finite number.
 * <li>KS = max |P - Q| of the cumulated shares at the edges of the bins (Kolmogorov and Smirnov).
 * </ul>
 *
 * Two normal samples whose means are d deviations apart have a PSI of d^2 and a KS of 2 Phi(d / 2) - 1; bins make both
 * a little smaller.
 *
 * @param psi the population stability index
 * @param ks the largest difference of the cumulated shares
 * @param psiNoise the PSI that two samples of one distribution exceed with the given probability at most
 * @param ksNoise the KS that two samples of one distribution exceed with the given probability at most
 * @param bins the number of bins with a row of either sample
 */
record Divergence(double psi, double ks, double psiNoise, double ksNoise, int bins) {
    private static final double HALF_A_ROW = 0.5;

    /**
     * Compares two samples. The noise of PSI is that of G = 2 sum c ln(c / expected), over both samples. G is close to
     * PSI nm/(n + m) for large counts, and its distribution is known for small counts: the pooled shares have the
     * largest likelihood, so G / 2 is at most n KL(p, r) + m KL(q, r) for the true shares r, and each of these terms
     * has at most the moments of a sum of k - 1 exponential variables (Agrawal, Finite-Sample Concentration of the
     * Multinomial in Relative Entropy, 2020). The noise of KS follows from P(KS >= d) <= e exp(-2 d^2 nm / (n + m))
     * (Wei and Dudley, Two-Sample Dvoretzky-Kiefer-Wolfowitz Inequalities, 2012, for n = m); bins only make it smaller.
     *
     * @param before the counts of the earlier sample, at least one row in total
     * @param now the counts of the later sample, in the same bins
     * @param probability the probability that each statistic exceeds its noise without a change
     */
    static Divergence between(long[] before, long[] now, double probability) {
        double n = LongStream.of(before).sum();
        double m = LongStream.of(now).sum();
        double psi = 0;
        double ks = 0;
        double g = 0;
        double cumulated = 0;
        int bins = 0;
        int all = before.length;
        for (int bin = 0; bin < all; bin++) {
            double both = (double) before[bin] + now[bin];
            if (both == 0) {
                continue;
            }
            bins++;
            double p = (before[bin] + HALF_A_ROW) / (n + HALF_A_ROW * all);
            double q = (now[bin] + HALF_A_ROW) / (m + HALF_A_ROW * all);
            psi += (p - q) * Math.log(p / q);
            g += likelihoodRatio(before[bin], both * n / (n + m)) + likelihoodRatio(now[bin], both * m / (n + m));
            cumulated += before[bin] / n - now[bin] / m;
            ks = Math.max(ks, Math.abs(cumulated));
        }
        psi = bins > 1 ? psi : 0; // in a single bin, only the half rows differ
        double rows = n * m / (n + m);
        double gNoise = 2 * exponentials(2 * (bins - 1), probability);
        double psiOverG = g > 0 ? psi / g : 1 / rows; // so that PSI exceeds its noise where G does
        return new Divergence(psi, ks, gNoise * psiOverG, Math.sqrt(Math.log(Math.E / probability) / (2 * rows)), bins);
    }

    private static double likelihoodRatio(long count, double expected) {
        return count == 0 ? 0 : 2.0 * count * Math.log(count / expected);
    }

    /** Returns t with e^-(t - d) (t / d)^d = probability: Chernoff's bound for a sum of d exponential variables. */
    private static double exponentials(int d, double probability) {
        if (d == 0) {
            return 0;
        }
        double wanted = -Math.log(probability);
        double low = d;
        double high = 2 * d + 2 * wanted + 1; // for this value, t - d - d ln(t / d) is above the target
        while (Math.nextUp(low) < high) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (middle - d - d * Math.log(middle / d) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Returns whether a statistic is above its noise. */
    boolean isBeyondNoise() {
        return psi > psiNoise || ks > ksNoise;
    }
}
