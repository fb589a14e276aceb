package org.sparkgrad.job.optimize;

import org.sparkgrad.gpu.block.Coefficients;

/**
 * MLlib's elastic net, {@code regParam * ((1 - elasticNetParam) / 2 * ||W||^2 + elasticNetParam * ||W||_1)}: Zou and
 * Hastie, Regularization and Variable Selection via the Elastic Net, 2005.
 *
 * @param regParam lambda, at least 0
 * @param elasticNetParam alpha, the share of L1, from 0 to 1
 */
public record Regularization(double regParam, double elasticNetParam) {
    /** Checks the parameters of the penalty. */
    public Regularization {
        if (!(regParam >= 0) || !(elasticNetParam >= 0 && elasticNetParam <= 1)) {
            throw new IllegalArgumentException("no penalty: %s, %s".formatted(regParam, elasticNetParam));
        }
    }

    /** Returns the factor of {@code ||W||^2 / 2}. */
    double l2() {
        return regParam * (1 - elasticNetParam);
    }

    /** Returns the factor of {@code ||W||_1}. */
    double l1() {
        return regParam * elasticNetParam;
    }

    /**
     * Returns the subgradient of the whole objective that is closest to 0; without an L1 penalty, the gradient itself.
     *
     * @param gradient the gradient of the smooth part, K x (F + 1), not changed
     */
    double[] subgradient(Coefficients point, double[] gradient) {
        double l1 = l1();
        if (l1 == 0) {
            return gradient;
        }
        double[] least = gradient.clone();
        int features = point.features();
        for (int i = 0; i < least.length; i++) {
            if (i % (features + 1) != features) {
                double coefficient = point.values()[i];
                least[i] = coefficient == 0
                        ? Math.copySign(Math.max(0, Math.abs(least[i]) - l1), least[i])
                        : least[i] + Math.copySign(l1, coefficient);
            }
        }
        return least;
    }

    /**
     * Takes the exact step on the L1 penalty after a gradient step on the rest,
     * {@code w = sign(w) * max(0, |w| - rate * l1)}, which makes coefficients exactly 0: Daubechies, Defrise and De
     * Mol, An Iterative Thresholding Algorithm, 2004. Intercepts are not changed.
     *
     * @param coefficients K x (F + 1) coefficients, changed in place
     * @param features F
     * @param learningRate the rate of the gradient step
     */
    void proximalStep(double[] coefficients, int features, double learningRate) {
        double threshold = learningRate * l1();
        if (threshold == 0) {
            return;
        }
        for (int i = 0; i < coefficients.length; i++) {
            if (i % (features + 1) != features) {
                double magnitude = Math.abs(coefficients[i]) - threshold;
                coefficients[i] = magnitude <= 0 ? 0 : Math.copySign(magnitude, coefficients[i]);
            }
        }
    }
}
