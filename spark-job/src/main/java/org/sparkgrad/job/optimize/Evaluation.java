package org.sparkgrad.job.optimize;

/**
 * The objective at some coefficients over some rows.
 *
 * @param loss the weighted mean loss
 * @param objective loss plus penalty
 * @param gradient of the objective, K x (F + 1); an intercept that is not fitted has 0
 * @param weightSum of the rows
 */
public record Evaluation(double loss, double objective, double[] gradient, double weightSum) {
    /** Returns whether objective and gradient are finite numbers. */
    public boolean isFinite() {
        double sum = objective;
        for (double g : gradient) {
            sum += g - g;
        }
        return Double.isFinite(sum);
    }
}
