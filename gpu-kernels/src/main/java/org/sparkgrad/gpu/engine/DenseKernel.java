package org.sparkgrad.gpu.engine;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.kernel.DoubleDenseKernel;
import org.sparkgrad.gpu.kernel.DoubleGroupBinaryKernel;
import org.sparkgrad.gpu.kernel.DoubleGroupSoftmaxKernel;
import org.sparkgrad.gpu.kernel.DoubleItemBinaryKernel;
import org.sparkgrad.gpu.kernel.DoubleItemSoftmaxKernel;
import org.sparkgrad.gpu.kernel.FloatDenseKernel;
import org.sparkgrad.gpu.kernel.FloatGroupBinaryKernel;
import org.sparkgrad.gpu.kernel.FloatGroupSoftmaxKernel;
import org.sparkgrad.gpu.kernel.FloatItemBinaryKernel;
import org.sparkgrad.gpu.kernel.FloatItemKernel;
import org.sparkgrad.gpu.kernel.FloatItemSoftmaxKernel;
import org.sparkgrad.gpu.kernel.GradientKernel;

/** The dense kernel for a precision, a shape and a number of outputs: the one place that knows all eight. */
final class DenseKernel {
    private final @Nullable FloatDenseKernel floats;
    private final @Nullable DoubleDenseKernel doubles;

    DenseKernel(KernelShape shape, Precision precision, int loss, int features, int outputs, DenseArrays arrays) {
        this.floats = precision == Precision.FLOAT ? floats(shape, loss, features, outputs, arrays) : null;
        this.doubles = precision == Precision.DOUBLE ? doubles(shape, loss, features, outputs, arrays) : null;
    }

    private interface FloatConstructor {
        FloatDenseKernel of(
                int loss,
                int width,
                int outputs,
                float[] features,
                int[] labels,
                float[] weights,
                float[] coefficients,
                float[] partials,
                float[] carry);
    }

    private interface DoubleConstructor {
        DoubleDenseKernel of(
                int loss,
                int width,
                int outputs,
                double[] features,
                int[] labels,
                double[] weights,
                double[] coefficients,
                double[] partials,
                double[] carry);
    }

    private static FloatDenseKernel floats(KernelShape shape, int loss, int features, int outputs, DenseArrays arrays) {
        FloatConstructor constructor = switch (shape) {
            case ITEM -> outputs == 1 ? FloatItemBinaryKernel::new : FloatItemSoftmaxKernel::new;
            case GROUP -> outputs == 1 ? FloatGroupBinaryKernel::new : FloatGroupSoftmaxKernel::new;
        };
        return constructor.of(
                loss,
                features,
                outputs,
                arrays.features().floats(),
                arrays.labels(),
                arrays.weights().floats(),
                arrays.coefficients().floats(),
                arrays.partials().floats(),
                arrays.carry().floats());
    }

    private static DoubleDenseKernel doubles(
            KernelShape shape, int loss, int features, int outputs, DenseArrays arrays) {
        DoubleConstructor constructor = switch (shape) {
            case ITEM -> outputs == 1 ? DoubleItemBinaryKernel::new : DoubleItemSoftmaxKernel::new;
            case GROUP -> outputs == 1 ? DoubleGroupBinaryKernel::new : DoubleGroupSoftmaxKernel::new;
        };
        return constructor.of(
                loss,
                features,
                outputs,
                arrays.features().doubles(),
                arrays.labels(),
                arrays.weights().doubles(),
                arrays.coefficients().doubles(),
                arrays.partials().doubles(),
                arrays.carry().doubles());
    }

    /** Returns the most rows of a lot, for K outputs. */
    static int lotRows(KernelShape shape, int outputs) {
        return switch (shape) {
            case ITEM -> FloatItemKernel.LOT;
            case GROUP -> outputs == 1 ? FloatGroupBinaryKernel.LOT : FloatGroupSoftmaxKernel.lotRows(outputs);
        };
    }

    GradientKernel kernel() {
        return floats != null ? floats : doublesKernel();
    }

    void setRows(DenseLaunch launch) {
        if (floats != null) {
            floats.setRows(launch.lotTable(), launch.lots(), launch.partTable(), launch.parts());
        } else {
            doublesKernel().setRows(launch.lotTable(), launch.lots(), launch.partTable(), launch.parts());
        }
    }

    void setSums(DeviceNumbers sums, int stamp, boolean carried) {
        if (floats != null) {
            floats.setSums(sums.floats(), stamp, carried ? 1 : 0);
        } else {
            doublesKernel().setSums(sums.doubles(), stamp, carried ? 1 : 0);
        }
    }

    private DoubleDenseKernel doublesKernel() {
        return java.util.Objects.requireNonNull(doubles);
    }
}
