package org.sparkgrad.job.shard;

import java.io.Serializable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * The map from original features to trained ones, {@code (x_j - shift_j) * factor_j}, and the way back for coefficients.
 * A feature that never changes has factor 0 and so coefficient 0, as in MLlib. A sparse scale has no shift, so that a
 * zero stays one and need not be held; the intercept, which is free, takes the shift in training.
 */
public final class FeatureScale implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] shift;
    private final double[] factor;
    private final boolean sparse;

    private FeatureScale(double[] shift, double[] factor, boolean sparse) {
        this.shift = shift;
        this.factor = factor;
        this.sparse = sparse;
    }

    /**
     * Returns the scale of a training run over dense blocks. With standardization features have deviation 1, and mean
     * 0 where there is an intercept to take the shift; without, they stay as they are.
     */
    public static FeatureScale of(Statistics statistics, int features, boolean standardization, boolean fitIntercept) {
        return of(statistics, features, standardization, fitIntercept, false);
    }

    /** Returns the scale of a training run; over sparse blocks features keep their scaled mean. */
    public static FeatureScale of(
            Statistics statistics, int features, boolean standardization, boolean fitIntercept, boolean sparse) {
        double[] shift = new double[features];
        double[] factor = new double[features];
        for (int j = 0; j < features; j++) {
            double deviation = statistics.deviation(j);
            shift[j] = standardization && fitIntercept && !sparse ? statistics.mean(j) : 0;
            factor[j] = deviation == 0 ? 0 : standardization ? 1 / deviation : 1;
        }
        return new FeatureScale(shift, factor, sparse);
    }

    /**
     * Returns the scale of a method that does not mind where features lie and gains from features around 0, for a training
     * with intercepts to take the shift. A sparse scale has none.
     */
    public FeatureScale centred(Statistics statistics) {
        double[] mean = new double[shift.length];
        for (int j = 0; j < mean.length && !sparse; j++) {
            mean[j] = statistics.mean(j);
        }
        return new FeatureScale(mean, factor, sparse);
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
