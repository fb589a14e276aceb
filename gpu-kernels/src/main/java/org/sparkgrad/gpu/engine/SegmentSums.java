package org.sparkgrad.gpu.engine;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.kernel.GradientKernel;
import org.sparkgrad.gpu.kernel.LossKernel;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** A segment's arrays and the kernel over them: what goes up for a step, and what its sums mean. */
interface SegmentSums {
    /** Returns the kernel; its arrays of instances are filled. */
    LossKernel kernel();

    /** Takes the pieces to sum and moves their tables. */
    void setPlan(SegmentPlan plan);

    /** Takes the coefficients, in single precision, and moves them. */
    void setCoefficients(Coefficients values);

    /** Returns the floats of the planned pieces' sums. */
    int floats();

    /** Adds the sums of the planned pieces to their shards', in block order and in double. */
    void addTo(List<GradientSum> shardSums, float[] sums);

    /** Returns the arrays of a segment of either kind. */
    static SegmentSums of(Loss loss, int features, Segment segment) {
        boolean sparse = segment.blocks().get(0).values() instanceof SparseBlock;
        return sparse ? new SparseSegmentSums(loss, features, segment) : new DenseSegmentSums(loss, features, segment);
    }

    /** Returns the kernels' number of a loss. */
    static int mode(Loss loss) {
        if (loss instanceof LogisticLoss) {
            return GradientKernel.LOGISTIC;
        }
        return loss instanceof SoftmaxLoss ? GradientKernel.SOFTMAX : GradientKernel.SQUARED_ERROR;
    }
}
