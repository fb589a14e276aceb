package org.sparkgrad.job.optimize;

/**
 * {@code h += g^2; w -= r g / (sqrt(h) + 1e-6)}: Duchi, Hazan and Singer, Adaptive Subgradient Methods, 2011. ND4J starts
 * h at 1e-6, the paper at 0.
 */
final class AdaGrad extends StatefulUpdater {
    private static final double EPSILON = 1e-6;

    AdaGrad(int coefficients) {
        super(coefficients, 1, EPSILON);
    }

    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        double[] squares = vector(0);
        for (int i = 0; i < coefficients.length; i++) {
            squares[i] += gradient[i] * gradient[i];
            coefficients[i] -= learningRate * gradient[i] / (Math.sqrt(squares[i]) + EPSILON);
        }
    }
}
