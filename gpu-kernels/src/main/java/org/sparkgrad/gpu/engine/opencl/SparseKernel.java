package org.sparkgrad.gpu.engine.opencl;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.device.DeviceArray;
import org.sparkgrad.gpu.kernel.DoubleSparseKernel;
import org.sparkgrad.gpu.kernel.FloatSparseKernel;
import org.sparkgrad.gpu.kernel.GradientKernel;

/** The sparse kernel of a precision. */
final class SparseKernel {
    private final @Nullable FloatSparseKernel floats;
    private final @Nullable DoubleSparseKernel doubles;

    /** @param coefficients (F + 1) x K */
    SparseKernel(
            Precision precision,
            int loss,
            int features,
            int outputs,
            SparseSegmentArrays arrays,
            DeviceArray coefficients) {
        this.floats = precision == Precision.DOUBLE
                ? null
                : new FloatSparseKernel(
                        loss,
                        features,
                        outputs,
                        arrays.rowStarts().ints(),
                        arrays.indices().ints(),
                        arrays.values().floats(),
                        arrays.runStarts().ints(),
                        arrays.runRows().ints(),
                        arrays.runValues().floats(),
                        arrays.labels().ints(),
                        arrays.weights().floats(),
                        coefficients.floats(),
                        arrays.multipliers().floats(),
                        arrays.losses().floats());
        this.doubles = precision == Precision.FLOAT
                ? null
                : new DoubleSparseKernel(
                        loss,
                        features,
                        outputs,
                        arrays.rowStarts().ints(),
                        arrays.indices().ints(),
                        arrays.values().doubles(),
                        arrays.runStarts().ints(),
                        arrays.runRows().ints(),
                        arrays.runValues().doubles(),
                        arrays.labels().ints(),
                        arrays.weights().doubles(),
                        coefficients.doubles(),
                        arrays.multipliers().doubles(),
                        arrays.losses().doubles());
    }

    GradientKernel kernel() {
        return floats != null ? floats : doublesKernel();
    }

    /** Sets whether the arrays hold a value for each entry, or the coefficients contain the value of each column. */
    void setValued(boolean valued) {
        if (floats != null) {
            floats.setValued(valued ? 1 : 0);
        } else {
            doublesKernel().setValued(valued ? 1 : 0);
        }
    }

    /** Sets the tables of a plan, which the caller has written. */
    void setTables(SparsePlan plan, DeviceArray strips, DeviceArray lots, DeviceArray slices) {
        if (floats != null) {
            floats.setRows(strips.ints(), plan.stripCount(), lots.ints(), plan.lotCount());
            floats.setRuns(slices.ints(), plan.sliceCount(), plan.runCount());
        } else {
            doublesKernel().setRows(strips.ints(), plan.stripCount(), lots.ints(), plan.lotCount());
            doublesKernel().setRuns(slices.ints(), plan.sliceCount(), plan.runCount());
        }
    }

    void setSums(DeviceArray sums, int stamp) {
        if (floats != null) {
            floats.setSums(sums.floats(), stamp);
        } else {
            doublesKernel().setSums(sums.doubles(), stamp);
        }
    }

    private DoubleSparseKernel doublesKernel() {
        return Objects.requireNonNull(doubles);
    }
}
