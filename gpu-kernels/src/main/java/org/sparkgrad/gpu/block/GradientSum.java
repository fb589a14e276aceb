package org.sparkgrad.gpu.block;

import java.util.Arrays;

/**
 * Sums over a set of rows: of weight times loss, of weights, and of weight times the loss's gradient. Sums stay sums
 * until the objective divides them once, so they merge by adding.
 *
 * <p>An object is a view on numbers of an array that follow each other: the loss sum, the weight sum, then the K x (F + 1)
 * gradient sums, laid out as {@link Coefficients}.
 */
public final class GradientSum {
    private static final int WEIGHT = 1;
    private static final int GRADIENT = 2;

    private final double[] numbers;
    private final int start;
    private final int length;

    private GradientSum(double[] numbers, int start, int length) {
        this.numbers = numbers;
        this.start = start;
        this.length = length;
    }

    /** Returns the sum over no rows, for K outputs and F features. */
    public static GradientSum zero(int outputs, int features) {
        return of(new double[arrayLength(outputs, features)]);
    }

    /** Returns how many numbers a sum has, for K outputs and F features. */
    public static int arrayLength(int outputs, int features) {
        return GRADIENT + outputs * (features + 1);
    }

    /** Returns a view on a whole array, which is not copied. */
    public static GradientSum of(double[] numbers) {
        return of(numbers, 0, numbers.length);
    }

    /** Returns a view on some numbers of an array, which is not copied. */
    static GradientSum of(double[] numbers, int start, int length) {
        return new GradientSum(numbers, start, length);
    }

    /** Returns the numbers of this sum: the array itself if it has no other numbers, else a copy of them. */
    public double[] toArray() {
        return length == numbers.length ? numbers : Arrays.copyOfRange(numbers, start, end());
    }

    /** Returns the array of this view, not a copy; it may have numbers of other sums. */
    public double[] numbers() {
        return numbers;
    }

    /** Returns the index in {@link #numbers} of the first gradient sum. */
    public int gradientStart() {
        return start + GRADIENT;
    }

    /** Returns the index in {@link #numbers} after the last gradient sum. */
    public int end() {
        return start + length;
    }

    /** Adds other to this and returns this. Bits depend on the order of additions, which callers must fix. */
    public GradientSum add(GradientSum other) {
        for (int i = 0; i < length; i++) {
            numbers[start + i] += other.numbers[other.start + i];
        }
        return this;
    }

    /** Adds a loss and a weight and returns this; the caller adds the gradient, to {@link #numbers()}. */
    public GradientSum add(double addedLoss, double addedWeight) {
        numbers[start] += addedLoss;
        numbers[start + WEIGHT] += addedWeight;
        return this;
    }

    /** Replaces the sum of weight x loss. */
    public void setLossSum(double lossSum) {
        numbers[start] = lossSum;
    }

    /** Returns the sum of weight x loss. */
    public double lossSum() {
        return numbers[start];
    }

    /** Returns the sum of weights. */
    public double weightSum() {
        return numbers[start + WEIGHT];
    }

    /** Returns a copy of the K x (F + 1) sums of weight x gradient. */
    public double[] gradientSum() {
        return Arrays.copyOfRange(numbers, gradientStart(), end());
    }
}
