package org.sparkgrad.job.optimize;

import org.sparkgrad.job.config.OptimizerSettings.Method;

/**
 * The updaters of mini-batch methods, with the formulas, constants and bits of ND4J 1.0.0-M2.1. ND4J itself takes
 * several times as long for some thousand coefficients, because most time is spent in calls to its native code. ND4J
 * has no heavy-ball updater.
 */
public final class Updaters {
    private Updaters() {}

    /**
     * Returns the updater of a method.
     *
     * @param method a mini-batch method
     * @param coefficients the number of coefficients
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
