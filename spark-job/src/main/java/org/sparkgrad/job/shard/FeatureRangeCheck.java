package org.sparkgrad.job.shard;

import java.util.function.IntFunction;
import org.sparkgrad.job.problem.JobException;

/** Refuses features that cannot be scaled in floating point. Such features would get a coefficient of 0. */
public final class FeatureRangeCheck {
    private FeatureRangeCheck() {}

    /**
     * Checks that the squares of all features are finite.
     *
     * @param statistics the statistics of the training rows
     * @param features F
     * @param single whether features keep their own scale in single precision
     * @param name the name of a feature, for the message
     * @throws JobException for a feature whose values are too large or too small
     */
    public static void refuse(Statistics statistics, int features, boolean single, IntFunction<String> name) {
        for (int j = 0; j < features; j++) {
            double square = statistics.magnitude(j) * statistics.magnitude(j);
            double deviation = statistics.deviation(j);
            boolean large = square > (single ? Float.MAX_VALUE : Double.MAX_VALUE)
                    || (statistics.changes(j) && !Double.isFinite(deviation));
            boolean small = statistics.changes(j) && statistics.weightSum() > 0 && deviation == 0;
            if (large || small) {
                throw JobException.data("%s has values as %s as %s, whose squares are beyond %s precision: %s it"
                        .formatted(
                                name.apply(j),
                                large ? "large" : "small",
                                statistics.magnitude(j),
                                single ? "single" : "double",
                                large ? "divide" : "multiply"));
            }
        }
    }
}
