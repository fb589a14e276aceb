package org.sparkgrad.job.optimize;

/**
 * {@link Adam} with the largest v so far in the root: Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, 2018.
 * ND4J keeps Adam's correction of the bias, which the paper's algorithm 2 leaves out.
 */
final class AmsGrad extends StatefulUpdater {
    AmsGrad(int coefficients) {
        super(coefficients, 3, 0);
    }

    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        double[] mean = vector(0);
        double[] square = vector(1);
        double[] largest = vector(2);
        double corrected = Adam.corrected(learningRate, step);
        for (int i = 0; i < coefficients.length; i++) {
            mean[i] = Adam.DECAY * mean[i] + gradient[i] * (1 - Adam.DECAY);
            square[i] = Adam.SQUARES_DECAY * square[i] + gradient[i] * gradient[i] * (1 - Adam.SQUARES_DECAY);
            largest[i] = Math.max(largest[i], square[i]);
            coefficients[i] -= mean[i] * corrected / (Math.sqrt(largest[i]) + Adam.EPSILON);
        }
    }
}
