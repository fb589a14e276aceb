package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The quality of a model on labelled instances; every count is a sum of instance weights.
 *
 * @param accuracy share of right predictions
 * @param logLoss weighted mean of -log p(label)
 * @param areaUnderROC of a binary model, ties counted half; null with more classes or where a class is missing
 * @param areaUnderPR of a binary model, by the trapezoids of MLlib; null likewise
 * @param perClass one entry a class, in class order
 * @param confusionMatrix K x K weights, a row for each actual class, a column for each predicted one
 */
public record Metrics(
        double accuracy,
        double logLoss,
        @Nullable Double areaUnderROC,
        @Nullable Double areaUnderPR,
        List<PerClass> perClass,
        List<List<Double>> confusionMatrix)
        implements Serializable {
    /**
     * The quality for one class. A ratio without a denominator is 0, as in MLlib.
     *
     * @param label the original label
     * @param precision right among predicted
     * @param recall right among actual
     * @param f1 their harmonic mean
     * @param support weight of the actual instances
     */
    public record PerClass(String label, double precision, double recall, double f1, double support)
            implements Serializable {}
}
