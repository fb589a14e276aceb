package org.sparkgrad.gpu.block;

import java.io.Serializable;

/**
 * Coefficients of K outputs over F features with an intercept each: K rows of F + 1 doubles, the intercept last
 * (0 when none is fitted). K is 1 for a binary model.
 */
public final class Coefficients implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int outputs;
    private final int features;
    private final double[] values;

    /**
     * @param outputs K
     * @param features F
     * @param values K x (F + 1), row-major, not copied
     * @throws IllegalArgumentException if the length is another
     */
    public Coefficients(int outputs, int features, double[] values) {
        if (values.length != outputs * (features + 1)) {
            throw new IllegalArgumentException(
                    "%d values are not %d x (%d + 1)".formatted(values.length, outputs, features));
        }
        this.outputs = outputs;
        this.features = features;
        this.values = values;
    }

    /** Returns K x (F + 1) zeros. */
    public static Coefficients zeros(int outputs, int features) {
        return new Coefficients(outputs, features, new double[outputs * (features + 1)]);
    }

    /** Returns K. */
    public int outputs() {
        return outputs;
    }

    /** Returns F. */
    public int features() {
        return features;
    }

    /** Returns the K x (F + 1) values, not a copy. */
    public double[] values() {
        return values;
    }

    /** Returns the coefficient of one output and feature. */
    public double coefficient(int output, int feature) {
        return values[output * (features + 1) + feature];
    }

    /** Returns the intercept of one output. */
    public double intercept(int output) {
        return values[output * (features + 1) + features];
    }

    /** Returns a copy of the values. */
    public double[] toDoubles() {
        return values.clone();
    }

    /** Returns the values in single precision. */
    public float[] toFloats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
