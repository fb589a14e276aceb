package org.sparkgrad.job.optimize;

import java.util.Arrays;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.shard.FeatureScale;

/** Least and largest values of coefficients; infinite where there is no bound. */
public final class Bounds {
    private final double[] lower;
    private final double[] upper;

    /**
     * @param lower K x (F + 1), as {@link Coefficients} has them; not copied
     * @param upper K x (F + 1), nowhere below lower; not copied
     */
    public Bounds(double[] lower, double[] upper) {
        this.lower = lower;
        this.upper = upper;
    }

    /** Returns the least values, not a copy. */
    public double[] lower() {
        return lower;
    }

    /** Returns the largest values, not a copy. */
    public double[] upper() {
        return upper;
    }

    /** Returns whether a finite bound holds an intercept, which then cannot take the shift of features. */
    public boolean holdIntercepts(int features) {
        for (int i = features; i < lower.length; i += features + 1) {
            if (Double.isFinite(lower[i]) || Double.isFinite(upper[i])) {
                return true;
            }
        }
        return false;
    }

    /** Returns bounds of coefficients over original features as bounds of those over trained ones. */
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
     * Returns how far a step by the gradient goes that ends at the bounds: 0 at an optimum.
     *
     * @param i of K x (F + 1)
     * @param at the coefficient
     * @param gradient there
     * @param unit of the coefficient in which the step is made
     */
    double projected(int i, double at, double gradient, double unit) {
        double within = Math.max((at - upper[i]) * unit, Math.min((at - lower[i]) * unit, gradient / unit));
        return within * unit;
    }

    /** Returns the point within the bounds that is nearest. */
    Coefficients project(Coefficients point) {
        double[] values = point.values().clone();
        Arrays.setAll(values, i -> Math.max(lower[i], Math.min(upper[i], values[i])));
        return new Coefficients(point.outputs(), point.features(), values);
    }
}
