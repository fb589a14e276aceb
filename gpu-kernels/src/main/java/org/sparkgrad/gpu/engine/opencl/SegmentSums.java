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
 * A kernel and its arrays, for one segment at a time: fills the arrays for a step and reads the sums. A step is one launch,
 * or several where a single launch would take too long or need too many sums.
 */
interface SegmentSums {
    /** Returns the kernel. */
    GradientKernel kernel();

    /** Writes a segment's instances to the arrays. */
    void load(Segment segment, List<Shard> shards);

    /**
     * Sets the fold that each model of the next steps leaves out, in the loaded segment; returns whether the plan must be
     * set again.
     */
    boolean setLeftOut(Segment segment, List<Shard> shards, List<Integer> leftOut);

    /** Sets the slices of the loaded segment that the next steps sum; returns how many launches a step needs. */
    int setPlan(SegmentPlan plan);

    /** Sets the coefficients of the models; the arrays hold them in the engine's precision. */
    void setCoefficients(List<Coefficients> values);

    /** Prepares one launch of the plan; the launch writes the stamp behind its sums. */
    void prepare(int launch, int stamp);

    /** Moves the sums of the launch back; returns whether the stamp is behind them. */
    boolean fetch(int stamp);

    /** Adds the sums of the launch to the sums of their shards, in block order, for each model. */
    void addTo(List<StepSums> sums);

    /** Returns the number by which kernels know a loss. */
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
