package org.sparkgrad.gpu.kernel;

/**
 * The common part of dense and sparse kernels: losses and multipliers of one row, from its K margins. Subclasses store the
 * margins; the formulas are those of the package {@code loss}.
 */
public abstract class FloatLossKernel extends GradientKernel {
    FloatLossKernel(int loss, int outputs) {
        super(loss, outputs);
    }

    /** Returns a margin, or the number that has replaced it. */
    abstract float margin(int at);

    /** Replaces a margin by another number. */
    abstract void setMargin(int at, float value);

    /**
     * Replaces the margins of a row by weight x multiplier.
     *
     * @param first the index of the margin of output 0
     * @param step the distance to the margin of the next output
     * @return weight x loss
     */
    float multipliers(int first, int step, int label, float weight) {
        float sum = 0;
        if (loss == SOFTMAX) {
            sum = softmax(first, step, label, weight);
        } else {
            sum = binary(first, label, weight);
        }
        return sum;
    }

    private float softmax(int first, int step, int label, float weight) {
        int end = first + outputs * step;
        int ofLabel = first + label * step;
        float largest = margin(first);
        for (int z = first + step; z < end; z += step) {
            largest = max(largest, margin(z));
        }
        float behind = largest - margin(ofLabel);
        float others = 0;
        for (int z = first; z < end; z += step) {
            float e = exp(margin(z) - largest);
            setMargin(z, e);
            others += z == ofLabel ? 0 : e;
        }
        float sum = others + margin(ofLabel);
        for (int z = first; z < end; z += step) {
            setMargin(z, weight * (margin(z) / sum));
        }
        setMargin(ofLabel, -weight * (others / sum));
        return weight * (behind == 0 ? log1p(others) : behind + log(sum));
    }

    private float binary(int at, int label, float weight) {
        int squared = loss == SQUARED_ERROR ? 1 : 0;
        float sign = label == 1 ? -1 : 1;
        float towards = sign * margin(at);
        float e = exp(-abs(towards));
        setMargin(at, weight * (sign * binaryMultiplier(squared, towards, e)));
        return weight * binaryLoss(squared, towards, e, log1p(e));
    }

    /**
     * Returns the absolute value of the multiplier of one output.
     *
     * @param squared 1 for squared error, 0 for logistic loss
     * @param towards the margin towards the wrong class
     * @param e exp(-|towards|)
     */
    static float binaryMultiplier(int squared, float towards, float e) {
        float miss = miss(towards, e);
        float hit = (towards >= 0 ? e : 1) / (1 + e);
        float product = miss * miss * hit;
        return squared == 1 ? product : miss;
    }

    /** Returns the loss of one output; the parameters are those of the multiplier, and log(1 + e). */
    static float binaryLoss(int squared, float towards, float e, float logarithm) {
        float miss = miss(towards, e);
        float ofLogistic = (towards > 0 ? towards : 0) + logarithm;
        return squared == 1 ? miss * miss / 2 : ofLogistic;
    }

    /** Returns the probability of the wrong class. */
    private static float miss(float towards, float e) {
        return (towards >= 0 ? 1 : e) / (1 + e);
    }
}
