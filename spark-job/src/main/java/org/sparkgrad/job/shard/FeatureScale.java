package org.sparkgrad.job.shard;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * The map from original features to trained ones, {@code (x_j - shift_j) * factor_j}, and the way back for coefficients.
 * A feature that never changes has factor 0 and so coefficient 0, as in MLlib.
 *
 * <p>Dense blocks hold trained features. Sparse ones hold features in a scale of their own, {@link #blocks}, in which a zero
 * stays one and need not be held; {@link ScaleChange} does the rest by algebra. But a feature whose mean is more than
 * {@value #FAR} deviations from 0, such as a year, would lose its digits in single precision: it is held around its mean,
 * zeros included. They are few: of a feature that is 0 in a share q of the rows, the mean is at most sqrt((1 - q) / q)
 * deviations from 0, so here q is less than a tenth.
 */
public final class FeatureScale implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final double FAR = 3;

    private final double[] shift;
    private final double[] factor;

    /** The shift that blocks take; the same array as {@link #shift} where they take all of it. */
    private final double[] held;

    private final boolean sparse;

    private FeatureScale(double[] shift, double[] factor, double[] held, boolean sparse) {
        this.shift = shift;
        this.factor = factor;
        this.held = held;
        this.sparse = sparse;
    }

    /**
     * Returns the scale of a training run over dense blocks. With standardization features have deviation 1, and mean
     * 0 where there is an intercept to take the shift; without, they stay as they are.
     */
    public static FeatureScale of(Statistics statistics, int features, boolean standardization, boolean fitIntercept) {
        return of(statistics, features, standardization, fitIntercept, false);
    }

    /** Returns the scale of a training run, whose blocks leave zeros out or not. */
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
     * Returns the scale of a method that does not mind where features lie and gains from features around 0, for a training
     * with intercepts to take the shift.
     */
    public FeatureScale centred(Statistics statistics) {
        double[] mean = new double[shift.length];
        for (int j = 0; j < mean.length; j++) {
            mean[j] = statistics.mean(j);
        }
        return new FeatureScale(mean, factor, sparse ? held : mean, sparse);
    }

    /** Returns the scale of the features that blocks hold. */
    public FeatureScale blocks() {
        return held == shift ? this : new FeatureScale(held, factor, held, sparse);
    }

    /** Returns the features that sparse blocks hold with their zeros, in order. */
    int[] heldWithZeros() {
        return IntStream.range(0, held.length)
                .filter(j -> sparse && held[j] != 0)
                .toArray();
    }

    /** Returns how many zeros sparse blocks hold, at most. */
    public long heldZeros(long rows) {
        return rows * heldWithZeros().length;
    }

    /** Whether blocks leave zeros out. */
    public boolean sparse() {
        return sparse;
    }

    /** Returns the deviation of a trained feature whose original one has the given deviation. */
    public double applyToDeviation(int feature, double deviation) {
        return deviation * factor[feature];
    }

    /** Returns a trained feature's value, in double. */
    public double apply(int feature, double value) {
        return (value - shift[feature]) * factor[feature];
    }

    /** Writes the trained features of a row at a place, cast to single precision. */
    void apply(double[] original, float[] trained, int start) {
        for (int j = 0; j < original.length; j++) {
            trained[start + j] = (float) ((original[j] - shift[j]) * factor[j]);
        }
    }

    /** Writes the trained features of a row at a place. */
    void apply(double[] original, double[] trained, int start) {
        for (int j = 0; j < original.length; j++) {
            trained[start + j] = (original[j] - shift[j]) * factor[j];
        }
    }

    /**
     * Returns coefficients over original features as coefficients over trained ones; those of features that never change,
     * and intercepts where none is fitted, are 0.
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

    /** Returns an original feature's coefficient as that of the trained one; 0 for a feature that never changes. */
    public double coefficientToTrained(int feature, double coefficient) {
        return factor[feature] == 0 ? 0 : coefficient / factor[feature];
    }

    /** Returns coefficients over trained features as coefficients over original ones. */
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

    /** Returns the way from this scale, a model's, to that of blocks over the same data. */
    public ScaleChange to(FeatureScale blocks) {
        double[] ratio = new double[factor.length];
        double[] offset = new double[factor.length];
        for (int j = 0; j < factor.length; j++) {
            // What never changes in the blocks never changes in a part of them, and has no coefficient.
            ratio[j] = blocks.factor[j] == 0 ? 0 : factor[j] / blocks.factor[j];
            offset[j] = factor[j] * (blocks.shift[j] - shift[j]);
        }
        return new ScaleChange(ratio, offset);
    }
}
