package org.sparkgrad.job.optimize;

/**
 * {@code h = 0.95 h + 0.05 g^2; w -= r g / (sqrt(h) + 1e-8)}: Tieleman and Hinton, Lecture 6.5, 2012, whose decay is
 * 0.9. ND4J starts h at 1e-8.
 */
final class RmsProp extends StatefulUpdater {
    private static final double DECAY = 0.95;
    private static final double EPSILON = 1e-8;

    RmsProp(int coefficients) {
        super(coefficients, 1, EPSILON);
    }

    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        double[] squares = vector(0);
        for (int i = 0; i < coefficients.length; i++) {
            squares[i] = squares[i] * DECAY + gradient[i] * gradient[i] * (1 - DECAY);
            coefficients[i] -= learningRate * gradient[i] / (Math.sqrt(squares[i]) + EPSILON);
        }
    }
}
