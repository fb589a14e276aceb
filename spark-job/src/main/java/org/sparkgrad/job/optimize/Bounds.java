package org.sparkgrad.job.optimize;

import java.util.Arrays;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.shard.FeatureScale;

/** The smallest and largest allowed values of coefficients; infinite for no bound. */
public final class Bounds {
    private final double[] lower;
    private final double[] upper;

    /**
     * @param lower the smallest values, K x (F + 1), in the layout of {@link Coefficients}; not copied
     * @param upper the largest values, K x (F + 1), nowhere below lower; not copied
     */
    public Bounds(double[] lower, double[] upper) {
        this.lower = lower;
        this.upper = upper;
    }

    /** Returns the smallest values, not a copy. */
    public double[] lower() {
        return lower;
    }

    /** Returns the largest values, not a copy. */
    public double[] upper() {
        return upper;
    }

    /**
     * Returns whether an intercept has a finite bound. Such an intercept cannot compensate for the shift of features.
     */
    public boolean holdIntercepts(int features) {
        for (int i = features; i < lower.length; i += features + 1) {
            if (Double.isFinite(lower[i]) || Double.isFinite(upper[i])) {
                return true;
            }
        }
        return false;
    }

    /** Converts bounds of coefficients over original features to bounds of coefficients over trained features. */
    public Bounds toTrained(FeatureScale scale, int features) {
        return new Bounds(toTrained(lower, scale, features), toTrained(upper, scale, features));
    }

    private static double[] toTrained(double[] bounds, FeatureScale scale, int features) {
        double[] trained = bounds.clone();
        for (int i = 0; i < trained.length; i++) {
            int feature = i % (features + 1);
            if (feature < features) {
                trained[i] = scale.coefficientToTrained(feature, bounds[i]);
            }
        }
        return trained;
    }

    /**
     * Returns the length of a gradient step that ends at the bounds; 0 at an optimum.
     *
     * @param i the index of the coefficient in K x (F + 1)
     * @param at the coefficient
     * @param gradient the gradient by the coefficient
     * @param unit the unit of the coefficient in which the step is measured
     */
    double projected(int i, double at, double gradient, double unit) {
        double within = Math.max((at - upper[i]) * unit, Math.min((at - lower[i]) * unit, gradient / unit));
        return within * unit;
    }

    /** Returns the nearest point within the bounds. */
    Coefficients project(Coefficients point) {
        double[] values = point.values().clone();
        Arrays.setAll(values, i -> Math.max(lower[i], Math.min(upper[i], values[i])));
        return new Coefficients(point.outputs(), point.features(), values);
    }
}
