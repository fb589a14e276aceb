package org.sparkgrad.job.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.optimize.Updater;

/** ND4J's updaters against the formulas of their papers, in double, over 50 steps with a falling learning rate. */
class Nd4jUpdaterTest {
    private static final int SIZE = 11;

    private static double rate(int step) {
        return 0.1 * Math.pow(0.5, Math.floor(step / 10.0));
    }

    private static double[] gradient(int step) {
        return new SplittableRandom(step).doubles(SIZE, -2, 2).toArray();
    }

    @Test
    void sgdTakesTheGradientTimesTheRate() {
        Updater updater = Nd4jUpdater.of(Method.SGD, SIZE);
        double[] actual = new double[SIZE];
        double[] expected = new double[SIZE];
        for (int step = 0; step < 50; step++) {
            double[] gradient = gradient(step);
            for (int i = 0; i < SIZE; i++) {
                expected[i] -= rate(step) * gradient[i];
            }
            updater.update(actual, gradient, rate(step), step);
        }
        assertArrayEquals(expected, actual, 1e-14);
        assertEquals(0, updater.state().length);
    }

    /** Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015, section 2's efficient form. */
    @Test
    void adamIsThePapers() {
        Updater updater = Nd4jUpdater.of(Method.ADAM, SIZE);
        double[] actual = new double[SIZE];
        double[] expected = new double[SIZE];
        double[] first = new double[SIZE];
        double[] second = new double[SIZE];
        for (int step = 0; step < 50; step++) {
            double[] gradient = gradient(step);
            double corrected = rate(step) * Math.sqrt(1 - Math.pow(0.999, step + 1)) / (1 - Math.pow(0.9, step + 1));
            for (int i = 0; i < SIZE; i++) {
                first[i] = 0.9 * first[i] + 0.1 * gradient[i];
                second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
                expected[i] -= corrected * first[i] / (Math.sqrt(second[i]) + 1e-8);
            }
            updater.update(actual, gradient, rate(step), step);
        }
        assertArrayEquals(expected, actual, 1e-12);
        assertEquals(2 * SIZE, updater.state().length);
    }
}
