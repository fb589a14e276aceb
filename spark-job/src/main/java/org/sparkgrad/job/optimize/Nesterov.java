package org.sparkgrad.job.optimize;

/**
 * Momentum at a point ahead, {@code v' = 0.9 v - r g; w += 1.9 v' - 0.9 v}: Sutskever et al., On the Importance of
 * Initialization and Momentum in Deep Learning, 2013, in the form of Bengio et al., Advances in Optimizing Recurrent
 * Networks, 2012, equation 7, where w is the point ahead.
 */
final class Nesterov extends StatefulUpdater {
    private static final double MOMENTUM = 0.9;

    Nesterov(int coefficients) {
        super(coefficients, 1, 0);
    }

    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        double[] velocity = vector(0);
        for (int i = 0; i < coefficients.length; i++) {
            double before = MOMENTUM * velocity[i];
            velocity[i] = before - learningRate * gradient[i];
            coefficients[i] -= before + (-MOMENTUM - 1) * velocity[i];
        }
    }
}
