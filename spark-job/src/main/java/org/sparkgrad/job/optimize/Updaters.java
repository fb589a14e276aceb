package org.sparkgrad.job.optimize;

import org.sparkgrad.job.config.OptimizerSettings.Method;

/**
 * The updaters of mini-batch methods, by ND4J 1.0.0-M2.1's formulas and with its constants, to its bits. ND4J itself takes
 * several times as long for some thousand coefficients, most of it on the way to its code. It has no heavy ball.
 */
public final class Updaters {
    private Updaters() {}

    /**
     * Returns the updater of a method.
     *
     * @param method a mini-batch method
     * @param coefficients how many there are
     */
    public static Updater of(Method method, int coefficients) {
        return switch (method) {
            case SGD -> new GradientDescent();
            case MOMENTUM -> new HeavyBall(coefficients);
            case NESTEROV -> new Nesterov(coefficients);
            case ADAGRAD -> new AdaGrad(coefficients);
            case RMSPROP -> new RmsProp(coefficients);
            case ADAM -> new Adam(coefficients);
            case AMSGRAD -> new AmsGrad(coefficients);
            case NADAM -> new Nadam(coefficients);
            case AUTO, LBFGS, GD -> throw new IllegalArgumentException(method + " steps by no updater");
        };
    }
}
