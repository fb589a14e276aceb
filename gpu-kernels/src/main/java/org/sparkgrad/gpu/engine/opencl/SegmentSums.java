package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.kernel.GradientKernel;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.gpu.loss.SquaredErrorLoss;

/**
 * A kernel and its arrays, with room for one segment at a time: what goes up for a step, and what its sums mean. A step
 * is one launch, or several where one would take too long or bring too many sums.
 */
interface SegmentSums {
    /** Returns the kernel. */
    GradientKernel kernel();

    /** Fills the arrays with a segment's instances, and marks them as to be moved unless it is the first. */
    void load(Segment segment, List<Shard> shards);

    /**
     * Takes the fold that each model of the steps to come leaves out, of the loaded segment; returns whether the plan is
     * to be set again.
     */
    boolean setLeftOut(Segment segment, List<Shard> shards, List<Integer> leftOut);

    /** Takes the pieces of the loaded segment that the steps to come sum; returns how many launches they make. */
    int setPlan(SegmentPlan plan);

    /** Takes the coefficients of the models, in the engine's precision. */
    void setCoefficients(List<Coefficients> values);

    /** Prepares one launch of the plan; what it writes behind its sums is the stamp. */
    void prepare(int launch, int stamp);

    /** Brings the sums of the launch back; returns whether the stamp came. */
    boolean fetch(int stamp);

    /** Adds the sums of the launch to their shards', in block order, of each model. */
    void addTo(List<StepSums> sums);

    /** Returns the kernels' number of a loss. */
    static int mode(Loss loss) {
        if (loss instanceof LogisticLoss) {
            return GradientKernel.LOGISTIC;
        }
        if (loss instanceof SoftmaxLoss) {
            return GradientKernel.SOFTMAX;
        }
        if (loss instanceof SquaredErrorLoss) {
            return GradientKernel.SQUARED_ERROR;
        }
        throw new IllegalArgumentException("no kernel computes " + loss);
    }
}
