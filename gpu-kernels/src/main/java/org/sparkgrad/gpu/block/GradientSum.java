package org.sparkgrad.gpu.block;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums over a set of rows: of weight times loss, of weights, and of weight times the loss's gradient. Sums stay sums
 * until the objective divides them once, so they merge by adding.
 */
public final class GradientSum implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] gradientSum;
    private double lossSum;
    private double weightSum;

    /**
     * @param lossSum sum of weight x loss
     * @param weightSum sum of weights
     * @param gradientSum K x (F + 1) sums of weight x gradient, laid out as {@link Coefficients}; not copied
     */
    public GradientSum(double lossSum, double weightSum, double[] gradientSum) {
        this.lossSum = lossSum;
        this.weightSum = weightSum;
        this.gradientSum = gradientSum;
    }

    /** Returns the sum over no rows, for K outputs and F features. */
    public static GradientSum zero(int outputs, int features) {
        return new GradientSum(0, 0, new double[outputs * (features + 1)]);
    }

    /** Returns how many numbers {@link #toArray} has. */
    public static int arrayLength(int outputs, int features) {
        return 2 + outputs * (features + 1);
    }

    /** Reads the numbers in the order of {@link #toArray}. */
    public static GradientSum of(double[] array) {
        return new GradientSum(array[0], array[1], Arrays.copyOfRange(array, 2, array.length));
    }

    /** Returns the sum of losses, that of weights, then those of the gradient. */
    public double[] toArray() {
        double[] array = new double[2 + gradientSum.length];
        array[0] = lossSum;
        array[1] = weightSum;
        System.arraycopy(gradientSum, 0, array, 2, gradientSum.length);
        return array;
    }

    /** Adds other to this and returns this. Bits depend on the order of additions, which callers must fix. */
    public GradientSum add(GradientSum other) {
        lossSum += other.lossSum;
        weightSum += other.weightSum;
        for (int i = 0; i < gradientSum.length; i++) {
            gradientSum[i] += other.gradientSum[i];
        }
        return this;
    }

    /** Adds the sums of one block, computed in single precision, and returns this. */
    public GradientSum add(double blockLoss, double blockWeight, float[] blockGradient, int offset) {
        lossSum += blockLoss;
        weightSum += blockWeight;
        for (int i = 0; i < gradientSum.length; i++) {
            gradientSum[i] += blockGradient[offset + i];
        }
        return this;
    }

    /** Adds a loss and a weight and returns this; the caller adds the gradient, to {@link #gradientSum()}. */
    public GradientSum add(double addedLoss, double addedWeight) {
        lossSum += addedLoss;
        weightSum += addedWeight;
        return this;
    }

    /** Returns the sum of weight x loss. */
    public double lossSum() {
        return lossSum;
    }

    /** Returns the sum of weights. */
    public double weightSum() {
        return weightSum;
    }

    /** Returns the K x (F + 1) sums of weight x gradient, not a copy. */
    public double[] gradientSum() {
        return gradientSum;
    }
}
