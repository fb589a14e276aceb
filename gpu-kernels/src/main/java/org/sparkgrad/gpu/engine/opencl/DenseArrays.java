package org.sparkgrad.gpu.engine.opencl;

import org.sparkgrad.gpu.block.Precision;

/** The instances of a dense kernel, in arrays of the shapes that {@code FloatDenseKernel} gives. */
final class DenseArrays {
    private final DeviceArray features;
    private final int[] labels;
    private final DeviceArray weights;

    private DenseArrays(DeviceArray features, int[] labels, DeviceArray weights) {
        this.features = features;
        this.labels = labels;
        this.weights = weights;
    }

    /** Arrays with room for N rows. */
    static DenseArrays of(Precision precision, int rows, int features) {
        return new DenseArrays(
                new DeviceArray(precision, Math.multiplyExact(rows, features)),
                new int[rows],
                new DeviceArray(precision, rows));
    }

    /** Returns N x F features. */
    DeviceArray features() {
        return features;
    }

    /** Returns N class indices and folds. */
    int[] labels() {
        return labels;
    }

    /** Returns N instance weights. */
    DeviceArray weights() {
        return weights;
    }
}
