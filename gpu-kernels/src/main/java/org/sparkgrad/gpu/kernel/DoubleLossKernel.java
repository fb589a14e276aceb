package org.sparkgrad.gpu.kernel;

/**
 * What the gradients of dense and sparse instances share: losses and multipliers of one row, from its K margins. Where
 * margins lie is the subclass's business; the formulas are those of the package {@code loss}.
 */
public abstract class DoubleLossKernel extends GradientKernel {
    DoubleLossKernel(int loss, int outputs) {
        super(loss, outputs);
    }

    /** Returns a margin, or what has taken its place. */
    abstract double margin(int at);

    /** Puts something in the place of a margin. */
    abstract void setMargin(int at, double value);

    /**
     * Replaces the margins of a row by weight x multiplier.
     *
     * @param first where the margin of output 0 is
     * @param step how far the next output is from there
     * @return weight x loss
     */
    double multipliers(int first, int step, int label, double weight) {
        double sum = 0;
        if (loss == SOFTMAX) {
            sum = softmax(first, step, label, weight);
        } else {
            sum = binary(first, label, weight);
        }
        return sum;
    }

    private double softmax(int first, int step, int label, double weight) {
        int end = first + outputs * step;
        int ofLabel = first + label * step;
        double largest = margin(first);
        for (int z = first + step; z < end; z += step) {
            largest = max(largest, margin(z));
        }
        double behind = largest - margin(ofLabel);
        double others = 0;
        for (int z = first; z < end; z += step) {
            double e = exp(margin(z) - largest);
            setMargin(z, e);
            others += z == ofLabel ? 0 : e;
        }
        double sum = others + margin(ofLabel);
        for (int z = first; z < end; z += step) {
            setMargin(z, weight * (margin(z) / sum));
        }
        setMargin(ofLabel, -weight * (others / sum));
        return weight * (behind == 0 ? log1p(others) : behind + log(sum));
    }

    private double binary(int at, int label, double weight) {
        int squared = loss == SQUARED_ERROR ? 1 : 0;
        double sign = label == 1 ? -1 : 1;
        double towards = sign * margin(at);
        double e = exp(-abs(towards));
        setMargin(at, weight * (sign * binaryMultiplier(squared, towards, e)));
        return weight * binaryLoss(squared, towards, e, log1p(e));
    }

    /**
     * Returns the multiplier of one output, but for its sign.
     *
     * @param squared 1 for squared error, 0 for logistic loss
     * @param towards the margin towards the wrong class
     * @param e exp(-|towards|)
     */
    static double binaryMultiplier(int squared, double towards, double e) {
        double miss = miss(towards, e);
        double hit = (towards >= 0 ? e : 1) / (1 + e);
        double product = miss * miss * hit;
        return squared == 1 ? product : miss;
    }

    /** Returns the loss of one output; what is asked beside it is log(1 + e). */
    static double binaryLoss(int squared, double towards, double e, double logarithm) {
        double miss = miss(towards, e);
        double ofLogistic = (towards > 0 ? towards : 0) + logarithm;
        return squared == 1 ? miss * miss / 2 : ofLogistic;
    }

    /** Returns the probability of the wrong class. */
    private static double miss(double towards, double e) {
        return (towards >= 0 ? 1 : e) / (1 + e);
    }
}
