package org.sparkgrad.job.optimize;

/**
 * Classical momentum, {@code v = 0.9 v - rate * gradient; w += v}: Polyak, Some Methods of Speeding Up the Convergence
 * of Iteration Methods, 1964.
 */
final class HeavyBall implements Updater {
    private static final double MOMENTUM = 0.9;

    private final double[] velocity;

    HeavyBall(int coefficients) {
        velocity = new double[coefficients];
    }

    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        for (int i = 0; i < coefficients.length; i++) {
            velocity[i] = MOMENTUM * velocity[i] - learningRate * gradient[i];
            coefficients[i] += velocity[i];
        }
    }

    @Override
    public double[] state() {
        return velocity.clone();
    }

    @Override
    public void restore(double[] state) {
        System.arraycopy(state, 0, velocity, 0, velocity.length);
    }
}
