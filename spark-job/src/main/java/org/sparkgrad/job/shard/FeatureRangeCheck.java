package org.sparkgrad.job.shard;

import java.util.function.IntFunction;
import org.sparkgrad.job.problem.JobException;

/** Features that no arithmetic can scale: they would get a coefficient of 0. */
public final class FeatureRangeCheck {
    private FeatureRangeCheck() {}

    /**
     * Does nothing if squares of all features are numbers.
     *
     * @param statistics of the training rows
     * @param features F
     * @param single whether features stay in their own scale, in single precision
     * @param name what a feature is called, in a message
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
