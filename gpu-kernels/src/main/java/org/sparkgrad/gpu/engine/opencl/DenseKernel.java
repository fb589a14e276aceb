package org.sparkgrad.gpu.engine.opencl;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.device.DeviceArray;
import org.sparkgrad.gpu.kernel.DoubleDenseKernel;
import org.sparkgrad.gpu.kernel.DoubleGroupBinaryKernel;
import org.sparkgrad.gpu.kernel.DoubleGroupBinaryTreeKernel;
import org.sparkgrad.gpu.kernel.DoubleGroupSoftmaxKernel;
import org.sparkgrad.gpu.kernel.DoubleGroupSoftmaxTreeKernel;
import org.sparkgrad.gpu.kernel.DoubleItemBinaryKernel;
import org.sparkgrad.gpu.kernel.DoubleItemBinaryTreeKernel;
import org.sparkgrad.gpu.kernel.DoubleItemSoftmaxKernel;
import org.sparkgrad.gpu.kernel.DoubleItemSoftmaxTreeKernel;
import org.sparkgrad.gpu.kernel.FloatDenseKernel;
import org.sparkgrad.gpu.kernel.FloatGroupBinaryKernel;
import org.sparkgrad.gpu.kernel.FloatGroupBinaryTreeKernel;
import org.sparkgrad.gpu.kernel.FloatGroupSoftmaxKernel;
import org.sparkgrad.gpu.kernel.FloatGroupSoftmaxTreeKernel;
import org.sparkgrad.gpu.kernel.FloatItemBinaryKernel;
import org.sparkgrad.gpu.kernel.FloatItemBinaryTreeKernel;
import org.sparkgrad.gpu.kernel.FloatItemKernel;
import org.sparkgrad.gpu.kernel.FloatItemSoftmaxKernel;
import org.sparkgrad.gpu.kernel.FloatItemSoftmaxTreeKernel;
import org.sparkgrad.gpu.kernel.GradientKernel;

/** The dense kernel for a precision, a shape and a number of outputs; the only class that knows all of them. */
final class DenseKernel {
    private final @Nullable FloatDenseKernel floats;
    private final @Nullable DoubleDenseKernel doubles;

    /** @param merges whether the device computes in double, and so can merge shards */
    DenseKernel(
            KernelShape shape,
            boolean merges,
            Precision precision,
            int loss,
            int features,
            int outputs,
            DenseArrays arrays) {
        this.floats = precision == Precision.FLOAT ? floats(shape, merges, loss, features, outputs, arrays) : null;
        this.doubles = precision == Precision.DOUBLE ? doubles(shape, merges, loss, features, outputs, arrays) : null;
    }

    private interface FloatConstructor {
        FloatDenseKernel of(int loss, int width, int outputs, float[] features, int[] labels, float[] weights);
    }

    private interface DoubleConstructor {
        DoubleDenseKernel of(int loss, int width, int outputs, double[] features, int[] labels, double[] weights);
    }

    private static FloatDenseKernel floats(
            KernelShape shape, boolean merges, int loss, int features, int outputs, DenseArrays arrays) {
        FloatConstructor constructor = switch (shape) {
            case ITEM ->
                merges
                        ? outputs == 1 ? FloatItemBinaryTreeKernel::new : FloatItemSoftmaxTreeKernel::new
                        : outputs == 1 ? FloatItemBinaryKernel::new : FloatItemSoftmaxKernel::new;
            case GROUP ->
                merges
                        ? outputs == 1 ? FloatGroupBinaryTreeKernel::new : FloatGroupSoftmaxTreeKernel::new
                        : outputs == 1 ? FloatGroupBinaryKernel::new : FloatGroupSoftmaxKernel::new;
        };
        return constructor.of(
                loss,
                features,
                outputs,
                arrays.features().floats(),
                arrays.labels().ints(),
                arrays.weights().floats());
    }

    private static DoubleDenseKernel doubles(
            KernelShape shape, boolean merges, int loss, int features, int outputs, DenseArrays arrays) {
        DoubleConstructor constructor = switch (shape) {
            case ITEM ->
                merges
                        ? outputs == 1 ? DoubleItemBinaryTreeKernel::new : DoubleItemSoftmaxTreeKernel::new
                        : outputs == 1 ? DoubleItemBinaryKernel::new : DoubleItemSoftmaxKernel::new;
            case GROUP ->
                merges
                        ? outputs == 1 ? DoubleGroupBinaryTreeKernel::new : DoubleGroupSoftmaxTreeKernel::new
                        : outputs == 1 ? DoubleGroupBinaryKernel::new : DoubleGroupSoftmaxKernel::new;
        };
        return constructor.of(
                loss,
                features,
                outputs,
                arrays.features().doubles(),
                arrays.labels().ints(),
                arrays.weights().doubles());
    }

    /** Returns the most rows of a lot, for K outputs. */
    static int lotRows(KernelShape shape, int outputs) {
        return switch (shape) {
            case ITEM -> FloatItemKernel.LOT;
            case GROUP -> outputs == 1 ? FloatGroupBinaryKernel.LOT : FloatGroupSoftmaxKernel.lotRows(outputs);
        };
    }

    /** Returns the bytes of local memory that a group needs for K outputs. */
    static long localBytes(KernelShape shape, Precision precision, int outputs) {
        long numbers = switch (shape) {
            case ITEM -> FloatItemSoftmaxKernel.localNumbers(outputs);
            case GROUP -> FloatGroupSoftmaxKernel.localNumbers(outputs);
        };
        return numbers * precision.bytes();
    }

    GradientKernel kernel() {
        return floats != null ? floats : doublesKernel();
    }

    /** Sets the arrays of the next models: coefficients, partial sums of lots, and carried sums. */
    void setModels(DeviceArray coefficients, DeviceArray partials, DeviceArray carry) {
        if (floats != null) {
            floats.setModels(coefficients.floats(), partials.floats(), carry.floats());
        } else {
            doublesKernel().setModels(coefficients.doubles(), partials.doubles(), carry.doubles());
        }
    }

    /** Sets the tables of the next launch, which the caller has written. */
    void setRows(DenseLaunch launch, DeviceArray lots, DeviceArray parts) {
        if (floats != null) {
            floats.setRows(lots.ints(), launch.lots(), parts.ints(), launch.parts());
        } else {
            doublesKernel().setRows(lots.ints(), launch.lots(), parts.ints(), launch.parts());
        }
    }

    /** Sets the trees of the next launch, in a kernel that merges; the caller has written their table. */
    void setTrees(DenseLaunch launch, DeviceArray trees, DeviceArray merged) {
        if (floats != null) {
            floats.setTrees(trees.ints(), launch.trees(), merged.doubles());
        } else {
            doublesKernel().setTrees(trees.ints(), launch.trees(), merged.doubles());
        }
    }

    void setSums(DeviceArray sums, int stamp, int carried) {
        if (floats != null) {
            floats.setSums(sums.floats(), stamp, carried);
        } else {
            doublesKernel().setSums(sums.doubles(), stamp, carried);
        }
    }

    private DoubleDenseKernel doublesKernel() {
        return java.util.Objects.requireNonNull(doubles);
    }
}
