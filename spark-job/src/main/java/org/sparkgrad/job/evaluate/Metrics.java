package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a model on labelled instances; every count is a sum of instance weights.
 *
 * @param accuracy the share of correct predictions
 * @param logLoss weighted mean of -log p(label)
 * @param areaUnderROC the area for a binary model, with ties counted half; null if there are more classes or if one is
 *     missing
 * @param areaUnderPR the area for a binary model, by trapezoids as in MLlib; null if there are more classes or if one
 *     is missing
 * @param perClass the metrics of each class, in class order
 * @param confusionMatrix K x K weights, with a row for each actual class and a column for each predicted class
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
     * The metrics of one class. A ratio without a denominator is 0, as in MLlib.
     *
     * @param label the original label
     * @param precision the share of correct predictions among the predictions of the class
     * @param recall the share of correct predictions among the instances of the class
     * @param f1 the harmonic mean of precision and recall
     * @param support the weight of the instances of the class
     */
    public record PerClass(String label, double precision, double recall, double f1, double support)
            implements Serializable {}
}
