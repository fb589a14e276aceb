package org.sparkgrad.job.optimize;

/** The updater without state: {@code w - rate * gradient}. */
final class GradientDescent implements Updater {
    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] -= learningRate * gradient[i];
        }
    }

    @Override
    public double[] state() {
        return new double[0];
    }

    @Override
    public void restore(double[] state) {}
}
