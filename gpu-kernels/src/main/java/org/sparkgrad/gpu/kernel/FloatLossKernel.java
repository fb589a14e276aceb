package org.sparkgrad.gpu.kernel;

/**
 * What the gradients of dense and sparse instances share: losses and multipliers of one row, from its K margins. Where
 * margins lie is the subclass's business; the formulas are those of the package {@code loss}.
 */
public abstract class FloatLossKernel extends GradientKernel {
    FloatLossKernel(int loss, int outputs) {
        super(loss, outputs);
    }

    /** Returns a margin, or what has taken its place. */
    abstract float margin(int at);

    /** Puts something in the place of a margin. */
    abstract void setMargin(int at, float value);

    /**
     * Replaces the margins of a row by weight x multiplier.
     *
     * @param first where the margin of output 0 is
     * @param step how far the next output is from there
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
        float margin = margin(at);
        float towards = label == 1 ? -margin : margin;
        float e = exp(-abs(towards));
        float small = e / (1 + e);
        float big = 1 / (1 + e);
        float miss = towards >= 0 ? big : small;
        float hit = towards >= 0 ? small : big;
        float multiplier = loss == SQUARED_ERROR ? miss * miss * hit : miss;
        float value = loss == SQUARED_ERROR ? miss * miss / 2 : max(towards, 0) + log1p(e);
        setMargin(at, weight * (label == 1 ? -multiplier : multiplier));
        return weight * value;
    }
}
