package org.sparkgrad.job.optimize;

/**
 * Classical momentum, {@code v = 0.9 v - rate * gradient; w += v}: Polyak, Some Methods of Speeding Up the Convergence
 * of Iteration Methods, 1964.
 */
final class HeavyBall extends StatefulUpdater {
    private static final double MOMENTUM = 0.9;

    HeavyBall(int coefficients) {
        super(coefficients, 1, 0);
    }

    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        double[] velocity = vector(0);
        for (int i = 0; i < coefficients.length; i++) {
            velocity[i] = MOMENTUM * velocity[i] - learningRate * gradient[i];
            coefficients[i] += velocity[i];
        }
    }
}
