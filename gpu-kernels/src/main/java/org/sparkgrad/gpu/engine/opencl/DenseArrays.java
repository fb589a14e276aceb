package org.sparkgrad.gpu.engine.opencl;

import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.device.DeviceArray;
import org.sparkgrad.gpu.device.KernelSession;

/** The instances of a dense kernel, in arrays of the shapes that {@code FloatDenseKernel} gives. */
final class DenseArrays {
    private final DeviceArray features;
    private final DeviceArray labels;
    private final DeviceArray weights;

    private DenseArrays(DeviceArray features, DeviceArray labels, DeviceArray weights) {
        this.features = features;
        this.labels = labels;
        this.weights = weights;
    }

    /** Arrays with room for N rows. */
    static DenseArrays of(KernelSession session, Precision precision, int rows, int features) {
        return new DenseArrays(
                KernelArrays.numbers(session, precision, (long) rows * features),
                session.ints(rows),
                KernelArrays.numbers(session, precision, rows));
    }

    /** Returns N x F features. */
    DeviceArray features() {
        return features;
    }

    /** Returns N class indices and folds. */
    DeviceArray labels() {
        return labels;
    }

    /** Returns N instance weights. */
    DeviceArray weights() {
        return weights;
    }
}
