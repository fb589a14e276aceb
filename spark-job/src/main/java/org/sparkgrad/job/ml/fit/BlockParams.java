package org.sparkgrad.job.ml.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.optimize.Optimizers;

/**
 * The parameters that determine shards, blocks, loss and engine. Fits with equal values of these parameters can share
 * blocks.
 */
public final class BlockParams {
    private BlockParams() {}

    /** Returns the values of those parameters that matter in any scale, in a fixed order. */
    public static List<@Nullable Object> inAnyScale(TrainingParams params) {
        return Arrays.asList(
                params.getLabelCol(),
                params.getFeaturesCol(),
                params.find(params.weightCol()),
                params.find(params.validationIndicatorCol()),
                params.getFamily().toLowerCase(Locale.ROOT),
                EstimatorSettings.engine(params),
                EstimatorSettings.optimizer(params).seed());
    }

    /** Returns these values and the values of the parameters that determine the scale of a single fit. */
    static List<@Nullable Object> inOwnScale(TrainingParams params) {
        List<@Nullable Object> values = new ArrayList<>(inAnyScale(params));
        values.addAll(Arrays.asList(
                EstimatorSettings.optimizer(params).optimizer(),
                params.getStandardization(),
                params.getFitIntercept(),
                params.find(params.lowerBoundsOnIntercepts()),
                params.find(params.upperBoundsOnIntercepts())));
        return values;
    }

    /**
     * Returns whether an estimator can share passes: each step uses all rows, there is no early stopping, and no
     * checkpoint is written.
     */
    public static boolean sharesPasses(TrainingParams params) {
        return !Optimizers.isMiniBatch(EstimatorSettings.optimizer(params))
                && params.find(params.patience()) == null
                && params.find(params.checkpointDir()) == null;
    }
}
