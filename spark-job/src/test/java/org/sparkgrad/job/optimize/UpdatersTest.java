package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkgrad.job.config.OptimizerSettings.Method;

/** Updaters against the formulas of their papers, over 50 steps with a falling learning rate. */
class UpdatersTest {
    private static final int SIZE = 11;

    /** What a method does to coefficient i: how far it goes down at step t, counted from 1. */
    private interface Formula {
        double change(int i, double gradient, double rate, int t);
    }

    private static double rate(int step) {
        return 0.1 * Math.pow(0.5, Math.floor(step / 10.0));
    }

    /** The last coefficient never has a gradient. */
    private static double[] gradient(int step) {
        double[] gradient = new SplittableRandom(step).doubles(SIZE, -2, 2).toArray();
        gradient[SIZE - 1] = 0;
        return gradient;
    }

    private static double[] zeros() {
        return new double[SIZE];
    }

    private static double[] filled(double value) {
        double[] values = new double[SIZE];
        Arrays.fill(values, value);
        return values;
    }

    private static void assertFollows(Method method, int stateSize, Formula formula) {
        Updater updater = Updaters.of(method, SIZE);
        double[] actual = filled(0.3);
        double[] expected = filled(0.3);
        for (int step = 0; step < 50; step++) {
            double[] gradient = gradient(step);
            for (int i = 0; i < SIZE; i++) {
                expected[i] -= formula.change(i, gradient[i], rate(step), step + 1);
            }
            updater.update(actual, gradient, rate(step), step);
            assertArrayEquals(expected, actual, 1e-12, "after step " + step);
        }
        assertEquals(0.3, actual[SIZE - 1]);
        assertEquals(stateSize, updater.state().length);
    }

    @Test
    void sgdTakesTheGradientTimesTheRate() {
        assertFollows(Method.SGD, 0, (i, g, rate, t) -> rate * g);
    }

    /** Look ahead, take the gradient there, correct: the coefficients held are those looked ahead to. */
    @Test
    void nesterovHoldsThePointLookedAheadTo() {
        double[] velocity = zeros();
        assertFollows(Method.NESTEROV, SIZE, (i, g, rate, t) -> {
            double before = velocity[i];
            velocity[i] = 0.9 * before - rate * g;
            double correction = velocity[i] - 0.9 * before;
            double lookingAhead = 0.9 * velocity[i];
            return -(correction + lookingAhead);
        });
    }

    @Test
    void adagradDividesByTheRootOfAllSquares() {
        double[] squares = filled(1e-6);
        assertFollows(Method.ADAGRAD, SIZE, (i, g, rate, t) -> {
            squares[i] += g * g;
            return rate * g / (Math.sqrt(squares[i]) + 1e-6);
        });
    }

    @Test
    void rmspropDividesByTheRootOfRecentSquares() {
        double[] squares = filled(1e-8);
        assertFollows(Method.RMSPROP, SIZE, (i, g, rate, t) -> {
            squares[i] = 0.95 * squares[i] + 0.05 * g * g;
            return rate * g / (Math.sqrt(squares[i]) + 1e-8);
        });
    }

    @Test
    void adamIsThePapers() {
        double[] first = zeros();
        double[] second = zeros();
        assertFollows(Method.ADAM, 2 * SIZE, (i, g, rate, t) -> {
            first[i] = 0.9 * first[i] + 0.1 * g;
            second[i] = 0.999 * second[i] + 0.001 * g * g;
            double corrected = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
            return corrected * first[i] / (Math.sqrt(second[i]) + 1e-8);
        });
    }

    @Test
    void amsgradDividesByTheLargestSecondMoment() {
        double[] first = zeros();
        double[] second = zeros();
        double[] largest = zeros();
        assertFollows(Method.AMSGRAD, 3 * SIZE, (i, g, rate, t) -> {
            first[i] = 0.9 * first[i] + 0.1 * g;
            second[i] = 0.999 * second[i] + 0.001 * g * g;
            largest[i] = Math.max(largest[i], second[i]);
            double corrected = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
            return corrected * first[i] / (Math.sqrt(largest[i]) + 1e-8);
        });
    }

    @Test
    void nadamCorrectsOnlyTheFirstMoment() {
        double[] first = zeros();
        double[] second = zeros();
        assertFollows(Method.NADAM, 2 * SIZE, (i, g, rate, t) -> {
            first[i] = 0.9 * first[i] + 0.1 * g;
            second[i] = 0.999 * second[i] + 0.001 * g * g;
            double ahead = (0.9 * first[i] + 0.1 * g) / (1 - Math.pow(0.9, t));
            return rate * ahead / (Math.sqrt(second[i]) + 1e-8);
        });
    }

    @Test
    void methodsThatStepOtherwiseHaveNone() {
        for (Method method : new Method[] {Method.AUTO, Method.LBFGS, Method.GD}) {
            assertThrows(IllegalArgumentException.class, () -> Updaters.of(method, SIZE));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SGD", "MOMENTUM", "NESTEROV", "ADAGRAD", "RMSPROP", "ADAM", "AMSGRAD", "NADAM"})
    void oneThatIsRestoredGoesOnAsIfItHadNeverStopped(Method method) {
        Updater whole = Updaters.of(method, SIZE);
        Updater before = Updaters.of(method, SIZE);
        double[] expected = filled(0.3);
        double[] actual = filled(0.3);
        for (int step = 0; step < 10; step++) {
            whole.update(expected, gradient(step), rate(step), step);
            before.update(actual, gradient(step), rate(step), step);
        }
        Updater after = Updaters.of(method, SIZE);
        after.restore(before.state());
        for (int step = 10; step < 20; step++) {
            whole.update(expected, gradient(step), rate(step), step);
            after.update(actual, gradient(step), rate(step), step);
        }
        assertArrayEquals(expected, actual);
    }
}
