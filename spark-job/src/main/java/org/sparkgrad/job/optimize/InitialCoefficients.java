package org.sparkgrad.job.optimize;

import java.util.SplittableRandom;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.config.OptimizerSettings;

/** The coefficients at which training starts. */
public final class InitialCoefficients {
    private static final double BOUND = 0.01;
    private static final long STREAM = 0x1F83D9ABFB41BD6BL;

    private InitialCoefficients() {}

    /**
     * Returns K x (F + 1) coefficients over trained features: zeros, or uniform random numbers in [-0.01, 0.01) from
     * the seed. Intercepts are 0 in both cases.
     */
    public static Coefficients of(OptimizerSettings settings, int outputs, int features) {
        Coefficients zeros = Coefficients.zeros(outputs, features);
        return switch (settings.init()) {
            case ZERO -> zeros;
            case RANDOM -> random(zeros, settings.seed());
        };
    }

    private static Coefficients random(Coefficients shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ STREAM);
        double[] values = new double[shape.values().length];
        for (int i = 0; i < values.length; i++) {
            if (i % (shape.features() + 1) != shape.features()) {
                values[i] = random.nextDouble(-BOUND, BOUND);
            }
        }
        return new Coefficients(shape.outputs(), shape.features(), values);
    }
}
