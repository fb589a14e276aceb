package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.assemble.Instance;

/** One feature with a mean of 3 and a deviation of 2, in whatever scale it is trained. */
class OptimalityCheckTest {
    private static final double MEAN = 3;
    private static final double DEVIATION = 2;
    private static final double[] VALUES = {1, 5, 5, 1, 5, 1, 1, 5};
    private static final int[] LABELS = {0, 1, 1, 0, 0, 1, 0, 1};

    /** @param shift of the trained feature, with its factor */
    private static Objective objective(double shift, double factor, Regularization penalty, boolean fitIntercept) {
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < VALUES.length; i++) {
            instances.add(new Instance(i, LABELS[i], 1, Vectors.dense((VALUES[i] - shift) * factor)));
        }
        return new Objective(new EngineExchange(new LogisticLoss(), instances), penalty, fitIntercept);
    }

    private static double certificate(
            Objective objective, double shift, double factor, @Nullable Bounds bounds, double... coefficients) {
        double[] mean = {(MEAN - shift) * factor};
        double[] deviation = {DEVIATION * factor};
        DataProfile data = new DataProfile(new LogisticLoss(), Precision.DOUBLE, VALUES.length, mean, deviation);
        Coefficients at = new Coefficients(1, 1, coefficients);
        return new OptimalityCheck(objective, data, bounds).of(at, objective.evaluate(at));
    }

    /** By the formula: the gradient of feature u = (x - 3) / 2 at w u + b, and that of b. */
    private static double[] gradient(double w, double b) {
        double[] gradient = new double[2];
        for (int i = 0; i < VALUES.length; i++) {
            double u = (VALUES[i] - MEAN) / DEVIATION;
            double multiplier = 1 / (1 + Math.exp(-w * u - b)) - LABELS[i];
            gradient[0] += multiplier * u / VALUES.length;
            gradient[1] += multiplier / VALUES.length;
        }
        return gradient;
    }

    @Test
    void itIsTheSameInEveryScale() {
        Regularization none = new Regularization(0, 0);
        double w = 0.7;
        double b = -0.4;
        double expected = org.sparkgrad.job.optimize.Vectors.norm(gradient(w, b))
                / org.sparkgrad.job.optimize.Vectors.norm(gradient(0, 0));
        assertEquals(expected, certificate(objective(MEAN, 0.5, none, true), MEAN, 0.5, null, w, b), 1e-12);
        double raw = w / DEVIATION;
        assertEquals(expected, certificate(objective(0, 1, none, true), 0, 1, null, raw, b - raw * MEAN), 1e-12);
    }

    @Test
    void withoutAnInterceptNothingTakesTheShift() {
        Objective objective = objective(0, 0.5, new Regularization(0, 0), false);
        double[] at = objective
                .evaluate(new Coefficients(1, 1, new double[] {0.7, 0}))
                .gradient();
        double[] zero = objective.evaluate(Coefficients.zeros(1, 1)).gradient();
        assertEquals(Math.abs(at[0] / zero[0]), certificate(objective, 0, 0.5, null, 0.7, 0), 1e-12);
    }

    /** At 0 all but more than the penalty allows is none; elsewhere the penalty pulls to 0. */
    @Test
    void anL1PenaltyHasTheSubgradientOfLeastNorm() {
        double l1 = 0.1;
        Regularization penalty = new Regularization(l1, 1);
        double[] zero = gradient(0, 0);
        double atZero = Math.hypot(Math.max(0, Math.abs(zero[0]) - l1), zero[1]);
        double[] at = gradient(0.7, -0.4);
        double expected = Math.hypot(at[0] + l1, at[1]) / atZero;
        Objective objective = objective(MEAN, 0.5, penalty, true);
        assertEquals(expected, certificate(objective, MEAN, 0.5, null, 0.7, -0.4), 1e-12);
        assertEquals(1, certificate(objective, MEAN, 0.5, null, 0, 0), 1e-12);
    }

    /** A step by the gradient that leaves the bounds ends there. */
    @Test
    void withinBoundsTheGradientIsProjected() {
        Objective objective = objective(MEAN, 0.5, new Regularization(0, 0), true);
        double[] zero = gradient(0, 0);
        assertEquals(-0.25, zero[0], 1e-12);
        double atZero = Math.hypot(-0.2, zero[1]);
        double[] at = gradient(0.2, 0.3);
        Bounds narrow = bounds(-1, 0.2);
        assertEquals(Math.abs(at[1]) / atZero, certificate(objective, MEAN, 0.5, narrow, 0.2, 0.3), 1e-12);
        double raw = 0.2 / DEVIATION;
        assertEquals(
                Math.abs(at[1]) / atZero,
                certificate(
                        objective(0, 1, new Regularization(0, 0), true), 0, 1, bounds(-1, raw), raw, 0.3 - raw * MEAN),
                1e-12);
        double[] inside = gradient(5, 0.3);
        assertEquals(
                org.sparkgrad.job.optimize.Vectors.norm(inside) / org.sparkgrad.job.optimize.Vectors.norm(zero),
                certificate(objective, MEAN, 0.5, bounds(-6, 5), 5, 0.3),
                1e-12);
    }

    private static Bounds bounds(double lower, double upper) {
        return new Bounds(
                new double[] {lower, Double.NEGATIVE_INFINITY}, new double[] {upper, Double.POSITIVE_INFINITY});
    }

    /** A pass in which nothing is left but rounding gives no certificate of its own. */
    @Test
    void whereZeroIsTheOptimumRoundingIsTheMeasure() {
        List<Instance> balanced = Arrays.asList(
                new Instance(0, 0, 1, Vectors.dense(1)),
                new Instance(1, 1, 1, Vectors.dense(1)),
                new Instance(2, 0, 1, Vectors.dense(-1)),
                new Instance(3, 1, 1, Vectors.dense(-1)));
        Objective objective = new Objective(new EngineExchange(new LogisticLoss(), balanced), 0, true);
        assertEquals(
                0,
                PlainData.certificate(objective, new LogisticLoss(), 1)
                        .of(Coefficients.zeros(1, 1), objective.evaluate(Coefficients.zeros(1, 1))));
    }
}
