package org.sparkgrad.job.optimize;

/**
 * {@code m = 0.9 m + 0.1 g; v = 0.999 v + 0.001 g^2; w -= r sqrt(1 - 0.999^t) / (1 - 0.9^t) m / (sqrt(v) + 1e-8)} at step t,
 * counted from 1: Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015, in the efficient form of section 2.
 */
final class Adam extends StatefulUpdater {
    static final double DECAY = 0.9;
    static final double SQUARES_DECAY = 0.999;
    static final double EPSILON = 1e-8;

    Adam(int coefficients) {
        super(coefficients, 2, 0);
    }

    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        double[] mean = vector(0);
        double[] square = vector(1);
        double corrected = corrected(learningRate, step);
        for (int i = 0; i < coefficients.length; i++) {
            mean[i] = DECAY * mean[i] + gradient[i] * (1 - DECAY);
            square[i] = SQUARES_DECAY * square[i] + gradient[i] * gradient[i] * (1 - SQUARES_DECAY);
            coefficients[i] -= mean[i] * corrected / (Math.sqrt(square[i]) + EPSILON);
        }
    }

    /** Returns the rate corrected for moments that began at 0. */
    static double corrected(double learningRate, int step) {
        return learningRate * Math.sqrt(1 - Math.pow(SQUARES_DECAY, step + 1)) / (1 - Math.pow(DECAY, step + 1));
    }
}
