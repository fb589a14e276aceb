package org.sparkgrad.gpu.kernel;

import com.aparapi.Kernel;

/**
 * What the gradients of dense and sparse instances share: the pass that turns margins into multipliers and losses, a
 * row a work item; the sum of the losses; where the sums go. A row's K margins lie at {@code row x stride}. Other shapes
 * are those of {@link GradientKernel}.
 */
public abstract class LossKernel extends Kernel {
    /** Passes of one execution: margins, multipliers, sums. */
    public static final int PASSES = 3;
    /** Rows that are summed before they are added to the piece. */
    public static final int STRIP = 16;
    /** Outputs that one work item computes together. */
    public static final int TILE = 4;
    /** Loss: logistic, K = 1. */
    public static final int LOGISTIC = 0;
    /** Loss: softmax. */
    public static final int SOFTMAX = 1;
    /** Loss: squared error of the sigmoid, K = 1. */
    public static final int SQUARED_ERROR = 2;

    final int loss;
    final int outputs;
    final int stride;
    final float[] labels;
    final float[] weights;
    final float[] multipliers;
    final float[] losses;
    int[] strips = new int[2];
    float[] sums = new float[1];
    float stamp;

    LossKernel(int loss, int outputs, int stride, float[] labels, float[] weights) {
        this.loss = loss;
        this.outputs = outputs;
        this.stride = stride;
        this.labels = labels;
        this.weights = weights;
        this.multipliers = new float[labels.length * stride];
        this.losses = new float[labels.length];
    }

    /** Returns T for K outputs. */
    public static int tiles(int outputs) {
        return (outputs + TILE - 1) / TILE;
    }

    /**
     * Names where the sums of the next execution go.
     *
     * @param next the sums of the planned rows, in the subclass's shape, and one float more
     * @param nextStamp what the execution writes behind the sums, to prove that it ran
     */
    public final void setSums(float[] next, float nextStamp) {
        this.sums = next;
        this.stamp = nextStamp;
    }

    /** Returns how many work items the longest pass needs. */
    public abstract int items();

    /** Loss and multipliers of one row, times its weight; the formulas are those of the package {@code loss}. */
    void multipliers(int item) {
        int strip = item / STRIP;
        int lane = item % STRIP;
        if (lane < strips[2 * strip + 1]) {
            int row = strips[2 * strip] + lane;
            int label = (int) labels[row];
            if (loss == SOFTMAX) {
                softmax(row, label, weights[row]);
            } else {
                binary(row, label, weights[row]);
            }
        }
    }

    private void softmax(int row, int label, float weight) {
        int z = row * stride;
        float largest = multipliers[z];
        for (int k = 1; k < outputs; k++) {
            largest = max(largest, multipliers[z + k]);
        }
        float behind = largest - multipliers[z + label];
        float others = 0;
        for (int k = 0; k < outputs; k++) {
            float e = exp(multipliers[z + k] - largest);
            multipliers[z + k] = e;
            others += k == label ? 0 : e;
        }
        float ofLabel = multipliers[z + label];
        float sum = others + ofLabel;
        for (int k = 0; k < outputs; k++) {
            multipliers[z + k] = weight * (multipliers[z + k] / sum);
        }
        multipliers[z + label] = -weight * (others / sum);
        losses[row] = weight * (behind == 0 ? log1p(others) : behind + log(sum));
    }

    private void binary(int row, int label, float weight) {
        int z = row * stride;
        float margin = multipliers[z];
        float towards = label == 1 ? -margin : margin;
        float e = exp(-abs(towards));
        float small = e / (1 + e);
        float big = 1 / (1 + e);
        float miss = towards >= 0 ? big : small;
        float hit = towards >= 0 ? small : big;
        float multiplier = loss == SQUARED_ERROR ? miss * miss * hit : miss;
        float value = loss == SQUARED_ERROR ? miss * miss / 2 : max(towards, 0f) + log1p(e);
        multipliers[z] = weight * (label == 1 ? -multiplier : multiplier);
        losses[row] = weight * value;
    }

    /** Returns the loss of consecutive strips. */
    float lossSum(int firstStrip, int lastStrip) {
        float sum = 0;
        for (int strip = firstStrip; strip < lastStrip; strip++) {
            int start = strips[2 * strip];
            int end = start + strips[2 * strip + 1];
            float part = 0;
            for (int row = start; row < end; row++) {
                part += losses[row];
            }
            sum += part;
        }
        return sum;
    }
}
