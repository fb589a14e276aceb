package org.sparkgrad.gpu.engine.opencl;

import org.sparkgrad.gpu.block.Precision;

/** The instances of a dense kernel; their shapes are those of {@code FloatDenseKernel}. */
final class DenseArrays {
    private final DeviceNumbers features;
    private final int[] labels;
    private final DeviceNumbers weights;

    private DenseArrays(DeviceNumbers features, int[] labels, DeviceNumbers weights) {
        this.features = features;
        this.labels = labels;
        this.weights = weights;
    }

    /** Arrays with room for N rows. */
    static DenseArrays of(Precision precision, int rows, int features) {
        return new DenseArrays(
                new DeviceNumbers(precision, Math.multiplyExact(rows, features)),
                new int[rows],
                new DeviceNumbers(precision, rows));
    }

    /** Returns N x F features. */
    DeviceNumbers features() {
        return features;
    }

    /** Returns N class indices and folds. */
    int[] labels() {
        return labels;
    }

    /** Returns N instance weights. */
    DeviceNumbers weights() {
        return weights;
    }
}
