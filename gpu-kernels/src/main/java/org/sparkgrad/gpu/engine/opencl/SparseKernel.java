package org.sparkgrad.gpu.engine.opencl;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
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
                        arrays.rowStarts(),
                        arrays.indices(),
                        arrays.values().floats(),
                        arrays.runStarts(),
                        arrays.runRows(),
                        arrays.runValues().floats(),
                        arrays.labels(),
                        arrays.weights().floats(),
                        coefficients.floats());
        this.doubles = precision == Precision.FLOAT
                ? null
                : new DoubleSparseKernel(
                        loss,
                        features,
                        outputs,
                        arrays.rowStarts(),
                        arrays.indices(),
                        arrays.values().doubles(),
                        arrays.runStarts(),
                        arrays.runRows(),
                        arrays.runValues().doubles(),
                        arrays.labels(),
                        arrays.weights().doubles(),
                        coefficients.doubles());
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

    void setTables(SparsePlan plan) {
        if (floats != null) {
            floats.setRows(plan.strips(), plan.stripCount(), plan.lots(), plan.lotCount());
            floats.setRuns(plan.slices(), plan.sliceCount(), plan.runCount());
        } else {
            doublesKernel().setRows(plan.strips(), plan.stripCount(), plan.lots(), plan.lotCount());
            doublesKernel().setRuns(plan.slices(), plan.sliceCount(), plan.runCount());
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
