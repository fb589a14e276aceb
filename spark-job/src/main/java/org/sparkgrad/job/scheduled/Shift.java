package org.sparkgrad.job.scheduled;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Locale;

/**
 * The difference of the distribution of a feature or score from an earlier night's.
 *
 * @param name the name of the feature or score
 * @param by the statistics of the difference
 */
record Shift(String name, @JsonUnwrapped Divergence by) {
    /** Returns whether a statistic is above its limit and above its sampling noise. */
    boolean isBeyond(double psi, double ks) {
        return (by.psi() > psi && by.psi() > by.psiNoise()) || (by.ks() > ks && by.ks() > by.ksNoise());
    }

    /** Returns both statistics as text. */
    String text() {
        return String.format(
                Locale.ROOT,
                "PSI %.3g (sampling noise up to %.2g), KS %.3g (up to %.2g)",
                by.psi(),
                by.psiNoise(),
                by.ks(),
                by.ksNoise());
    }
}
