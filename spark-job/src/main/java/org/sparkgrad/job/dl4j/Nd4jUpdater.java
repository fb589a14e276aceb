package org.sparkgrad.job.dl4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.optimize.Updater;

/** An updater of ND4J's over one flat vector of doubles. */
final class Nd4jUpdater implements Updater {
    private final IUpdater config;
    private final INDArray state;
    private final GradientUpdater<?> updater;

    private Nd4jUpdater(IUpdater config, int coefficients) {
        this.config = config;
        int size = Math.toIntExact(config.stateSize(coefficients));
        this.state = Nd4j.zeros(DataType.DOUBLE, 1, Math.max(1, size));
        this.updater = config.instantiate(size == 0 ? null : state, true);
    }

    /**
     * Returns the updater of a mini-batch method.
     *
     * @param method SGD or ADAM
     * @param coefficients how many there are
     */
    static Updater of(Method method, int coefficients) {
        return switch (method) {
            case SGD -> new Nd4jUpdater(new Sgd(), coefficients);
            case ADAM -> new Nd4jUpdater(new Adam(), coefficients);
            case AUTO, LBFGS, GD -> throw new IllegalArgumentException(method + " has no updater of ND4J's");
        };
    }

    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        config.setLrAndSchedule(learningRate, null);
        INDArray change = Nd4j.createFromArray(gradient).reshape(1, gradient.length);
        updater.applyUpdater(change, step, 0);
        double[] changes = change.data().asDouble();
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] -= changes[i];
        }
    }

    @Override
    public double[] state() {
        return config.stateSize(1) == 0 ? new double[0] : state.toDoubleVector();
    }
}
