package org.sparkgrad.job.optimize;

import java.util.Arrays;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.config.OptimizerSettings;

/** What optimizers are told of data by tests that are not about it: features of mean 0 and deviation 1. */
public final class PlainData {
    private PlainData() {}

    static DataProfile profile(Loss loss, long rows, int features) {
        double[] deviation = new double[features];
        Arrays.fill(deviation, 1);
        return new DataProfile(loss, Precision.DOUBLE, rows, new double[features], deviation);
    }

    /** Returns the certificate of an objective over such data. */
    static OptimalityCheck certificate(Objective objective, Loss loss, int features) {
        return new OptimalityCheck(objective, profile(loss, 1, features), null);
    }

    /** Returns the optimizer of an objective over such data. */
    public static Optimizer optimizer(
            OptimizerSettings settings, Objective objective, Loss loss, long rows, int features) {
        return Optimizers.of(
                settings, objective, profile(loss, rows, features), certificate(objective, loss, features));
    }
}
