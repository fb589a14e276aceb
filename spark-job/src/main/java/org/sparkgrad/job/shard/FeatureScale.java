package org.sparkgrad.job.shard;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * Maps original features to trained features, {@code (x_j - shift_j) * factor_j}, and coefficients back. A constant
 * feature has factor 0 and so coefficient 0, as in MLlib.
 *
 * <p>Dense blocks contain trained features. Sparse blocks contain features in another scale, {@link #blocks}, in which
 * zeros stay zeros and need not be stored; {@link ScaleChange} converts the sums. One kind of feature is stored around
 * its mean even in sparse blocks, with its zeros: a feature whose mean is more than {@value #FAR} deviations from 0,
 * such as a year, would lose its digits in single precision. Such features are few. If a feature is 0 in a share q of
 * the rows, its mean is at most sqrt((1 - q) / q) deviations from 0, so q is less than a tenth here.
 */
public final class FeatureScale implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final double FAR = 3;

    private final double[] shift;
    private final double[] factor;

    /** The shift of the stored features; the same array as {@link #shift} if blocks store fully shifted features. */
    private final double[] held;

    private final boolean sparse;

    private FeatureScale(double[] shift, double[] factor, double[] held, boolean sparse) {
        this.shift = shift;
        this.factor = factor;
        this.held = held;
        this.sparse = sparse;
    }

    /**
     * Returns the scale of a training run over dense blocks. With standardization, features have deviation 1, and mean
     * 0 if there is an intercept that compensates for the shift. Without standardization, features are unchanged.
     */
    public static FeatureScale of(Statistics statistics, int features, boolean standardization, boolean fitIntercept) {
        return of(statistics, features, standardization, fitIntercept, false);
    }

    /** Returns the scale of a training run over dense or sparse blocks. */
    public static FeatureScale of(
            Statistics statistics, int features, boolean standardization, boolean fitIntercept, boolean sparse) {
        double[] shift = new double[features];
        double[] factor = new double[features];
        double[] held = sparse ? new double[features] : shift;
        for (int j = 0; j < features; j++) {
            double deviation = statistics.deviation(j);
            double mean = statistics.mean(j);
            shift[j] = standardization && fitIntercept ? mean : 0;
            factor[j] = deviation == 0 ? 0 : standardization ? 1 / deviation : 1;
            if (sparse) {
                held[j] = factor[j] != 0 && Math.abs(mean) > FAR * deviation ? mean : 0;
            }
        }
        return new FeatureScale(shift, factor, held, sparse);
    }

    /**
     * Returns the scale for a method whose result does not depend on the shift of features but that is faster for
     * features around 0. The training must have intercepts, which compensate for the shift.
     */
    public FeatureScale centred(Statistics statistics) {
        double[] mean = new double[shift.length];
        for (int j = 0; j < mean.length; j++) {
            mean[j] = statistics.mean(j);
        }
        return new FeatureScale(mean, factor, sparse ? held : mean, sparse);
    }

    /** Returns the scale of the features that blocks contain. */
    public FeatureScale blocks() {
        return held == shift ? this : new FeatureScale(held, factor, held, sparse);
    }

    /** Returns the features whose zeros sparse blocks store, in ascending order. */
    int[] heldWithZeros() {
        return IntStream.range(0, held.length)
                .filter(j -> sparse && held[j] != 0)
                .toArray();
    }

    /** Returns the largest number of zeros that sparse blocks store. */
    public long heldZeros(long rows) {
        return rows * heldWithZeros().length;
    }

    /** Returns whether blocks omit zeros. */
    public boolean sparse() {
        return sparse;
    }

    /** Returns the deviation of a trained feature, given the deviation of the original feature. */
    public double applyToDeviation(int feature, double deviation) {
        return deviation * factor[feature];
    }

    /** Returns a trained feature's value, in double. */
    public double apply(int feature, double value) {
        return (value - shift[feature]) * factor[feature];
    }

    /** Writes the trained features of a row into an array from a start index, cast to single precision. */
    void apply(double[] original, float[] trained, int start) {
        for (int j = 0; j < original.length; j++) {
            trained[start + j] = (float) ((original[j] - shift[j]) * factor[j]);
        }
    }

    /** Writes the trained features of a row into an array from a start index. */
    void apply(double[] original, double[] trained, int start) {
        for (int j = 0; j < original.length; j++) {
            trained[start + j] = (original[j] - shift[j]) * factor[j];
        }
    }

    /**
     * Converts coefficients over original features to coefficients over trained features. Coefficients of constant
     * features, and intercepts that are not fitted, are 0.
     */
    public Coefficients toTrained(Coefficients original, boolean fitIntercept) {
        int features = original.features();
        Coefficients trained = Coefficients.zeros(original.outputs(), features);
        for (int k = 0; k < original.outputs(); k++) {
            double intercept = original.intercept(k);
            int row = k * (features + 1);
            for (int j = 0; j < features; j++) {
                double coefficient = original.coefficient(k, j);
                trained.values()[row + j] = coefficientToTrained(j, coefficient);
                intercept += coefficient * shift[j];
            }
            trained.values()[row + features] = fitIntercept ? intercept : 0;
        }
        return trained;
    }

    /**
     * Converts one coefficient of an original feature to a coefficient of the trained feature; 0 for a constant
     * feature.
     */
    public double coefficientToTrained(int feature, double coefficient) {
        return factor[feature] == 0 ? 0 : coefficient / factor[feature];
    }

    /** Converts coefficients over trained features to coefficients over original features. */
    public Coefficients toOriginal(Coefficients trained) {
        int features = trained.features();
        Coefficients original = Coefficients.zeros(trained.outputs(), features);
        for (int k = 0; k < trained.outputs(); k++) {
            double intercept = trained.intercept(k);
            int row = k * (features + 1);
            for (int j = 0; j < features; j++) {
                double coefficient = trained.coefficient(k, j) * factor[j];
                original.values()[row + j] = coefficient;
                intercept -= coefficient * shift[j];
            }
            original.values()[row + features] = intercept;
        }
        return original;
    }

    /** Returns the change from this scale, a model's, to the scale of blocks over the same data. */
    public ScaleChange to(FeatureScale blocks) {
        double[] ratio = new double[factor.length];
        double[] offset = new double[factor.length];
        for (int j = 0; j < factor.length; j++) {
            // A feature that is constant in the blocks is constant in each part of them, and has no coefficient.
            ratio[j] = blocks.factor[j] == 0 ? 0 : factor[j] / blocks.factor[j];
            offset[j] = factor[j] * (blocks.shift[j] - shift[j]);
        }
        return new ScaleChange(ratio, offset);
    }
}
