package org.sparkgrad.gpu.block;

/** The sums of M models over the same rows, in one array: the numbers of a {@link GradientSum} for each model, in order. */
public final class GridSum {
    private final double[] numbers;
    private final int length;

    private GridSum(int models, int length) {
        this.numbers = new double[models * length];
        this.length = length;
    }

    /** Returns the sums over no rows, for M models of K outputs and F features. */
    public static GridSum zero(int models, int outputs, int features) {
        return new GridSum(models, GradientSum.arrayLength(outputs, features));
    }

    /** Returns a view on the sum of a model. */
    public GradientSum model(int index) {
        return GradientSum.of(numbers, index * length, length);
    }

    /** Adds other to this and returns this, like {@link GradientSum#add(GradientSum)}. */
    public GridSum add(GridSum other) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] += other.numbers[i];
        }
        return this;
    }

    /** Returns the array, not a copy. */
    public double[] numbers() {
        return numbers;
    }
}
