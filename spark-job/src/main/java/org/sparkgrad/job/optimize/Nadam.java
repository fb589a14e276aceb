package org.sparkgrad.job.optimize;

/**
 * {@code w -= r (0.9 m + 0.1 g) / (1 - 0.9^t) / (sqrt(v) + 1e-8)} with {@link Adam}'s m and v: Dozat, Incorporating Nesterov
 * Momentum into Adam, 2016. ND4J corrects no bias of v, where the paper divides it by 1 - 0.999^t, and divides 0.9 m by 1 -
 * 0.9^t, where the paper has 1 - 0.9^(t + 1): its first step is 41 times as long as the paper's, its hundredth 3 times.
 */
final class Nadam extends StatefulUpdater {
    Nadam(int coefficients) {
        super(coefficients, 2, 0);
    }

    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        double[] mean = vector(0);
        double[] square = vector(1);
        double begun = 1 - Math.pow(Adam.DECAY, step + 1);
        for (int i = 0; i < coefficients.length; i++) {
            double now = gradient[i] * (1 - Adam.DECAY);
            mean[i] = Adam.DECAY * mean[i] + now;
            square[i] = Adam.SQUARES_DECAY * square[i] + gradient[i] * gradient[i] * (1 - Adam.SQUARES_DECAY);
            coefficients[i] -=
                    learningRate * ((mean[i] * Adam.DECAY + now) / begun) / (Math.sqrt(square[i]) + Adam.EPSILON);
        }
    }
}
