package org.sparkgrad.job.optimize;

import java.util.Arrays;

/** The objective at some coefficients over some rows. */
public final class Evaluation {
    private final double loss;
    private final double smooth;
    private final double objective;
    private final double[] gradient;
    private final double weightSum;

    /**
     * @param loss the weighted mean loss
     * @param smooth loss plus L2 penalty
     * @param objective loss plus penalty
     * @param gradient the gradient of the smooth part, K x (F + 1), 0 for an intercept that is not fitted; not copied
     * @param weightSum the weight sum of the rows
     */
    Evaluation(double loss, double smooth, double objective, double[] gradient, double weightSum) {
        this.loss = loss;
        this.smooth = smooth;
        this.objective = objective;
        this.gradient = gradient;
        this.weightSum = weightSum;
    }

    /** Returns the weighted mean loss. */
    public double loss() {
        return loss;
    }

    /** Returns loss plus penalty. */
    public double objective() {
        return objective;
    }

    /** Returns loss plus L2 penalty. This is the objective without the L1 penalty, which has no gradient. */
    double smooth() {
        return smooth;
    }

    /** Returns the gradient of the smooth part, K x (F + 1), not a copy. */
    double[] gradient() {
        return gradient;
    }

    /** Returns the weight sum of the rows. */
    double weightSum() {
        return weightSum;
    }

    /** Returns whether objective and gradient are finite numbers. */
    boolean isFinite() {
        return Double.isFinite(objective) && Arrays.stream(gradient).allMatch(Double::isFinite);
    }
}
