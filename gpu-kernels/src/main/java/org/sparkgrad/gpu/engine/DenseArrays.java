package org.sparkgrad.gpu.engine;

import org.sparkgrad.gpu.block.Precision;

/**
 * The arrays of a dense kernel that stay the same from launch to launch; their shapes are those of {@code
 * FloatDenseKernel}.
 */
final class DenseArrays {
    private final DeviceNumbers features;
    private final int[] labels;
    private final DeviceNumbers weights;
    private final DeviceNumbers coefficients;
    private final DeviceNumbers partials;
    private final DeviceNumbers carry;

    private DenseArrays(
            DeviceNumbers features,
            int[] labels,
            DeviceNumbers weights,
            DeviceNumbers coefficients,
            DeviceNumbers partials,
            DeviceNumbers carry) {
        this.features = features;
        this.labels = labels;
        this.weights = weights;
        this.coefficients = coefficients;
        this.partials = partials;
        this.carry = carry;
    }

    /** Arrays with room for N rows and the sums of so many lots. */
    static DenseArrays of(Precision precision, int rows, int features, int outputs, int lots) {
        int sums = outputs * (features + 1) + 1;
        return new DenseArrays(
                new DeviceNumbers(precision, Math.multiplyExact(rows, features)),
                new int[rows],
                new DeviceNumbers(precision, rows),
                new DeviceNumbers(precision, outputs * (features + 1)),
                new DeviceNumbers(precision, Math.multiplyExact(lots, sums)),
                new DeviceNumbers(precision, 2 * sums));
    }

    /** Returns N x F features. */
    DeviceNumbers features() {
        return features;
    }

    /** Returns N class indices. */
    int[] labels() {
        return labels;
    }

    /** Returns N instance weights. */
    DeviceNumbers weights() {
        return weights;
    }

    /** Returns K x (F + 1) coefficients. */
    DeviceNumbers coefficients() {
        return coefficients;
    }

    /** Returns P sums for each lot of the largest launch. */
    DeviceNumbers partials() {
        return partials;
    }

    /** Returns 2 x P numbers of a part that a launch goes on with. */
    DeviceNumbers carry() {
        return carry;
    }
}
