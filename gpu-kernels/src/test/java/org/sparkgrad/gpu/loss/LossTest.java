package org.sparkgrad.gpu.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {
    static Stream<Loss> losses() {
        return Stream.of(new LogisticLoss(), new SquaredErrorLoss(), new SoftmaxLoss(2), new SoftmaxLoss(10));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void multipliersAreCentralDifferences(Loss loss) {
        Random random = new Random(7);
        double step = 1e-5;
        for (int trial = 0; trial < 100; trial++) {
            double[] margins = random.doubles(loss.outputs(), -4, 4).toArray();
            int label = random.nextInt(Math.max(2, loss.outputs()));
            double[] multipliers = margins.clone();
            loss.multipliers(multipliers, label);
            for (int k = 0; k < margins.length; k++) {
                double[] above = margins.clone();
                double[] below = margins.clone();
                above[k] += step;
                below[k] -= step;
                double slope = (loss.multipliers(above, label) - loss.multipliers(below, label)) / (2 * step);
                assertEquals(slope, multipliers[k], 1e-9);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e4, -40, -3, -1e-9, 0, 1e-9, 3, 40, 1e4})
    void softmaxOfTwoIsLogistic(double margin) {
        for (int label = 0; label < 2; label++) {
            double[] one = {margin};
            double[] two = {0, margin};
            double logistic = new LogisticLoss().multipliers(one, label);
            double softmax = new SoftmaxLoss(2).multipliers(two, label);
            assertEquals(logistic, softmax, 1e-15 * Math.abs(logistic));
            assertEquals(one[0], two[1], 1e-15 * Math.abs(one[0]));
            assertEquals(-one[0], two[0], 1e-15 * Math.abs(one[0]));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 30, 700, 1e4})
    void logisticKeepsItsDigitsOnBothSides(double margin) {
        double[] right = {margin};
        double[] wrong = {-margin};
        // log(1 + u) = u - u^2/2 + u^3/3 - ..., which the first terms give exactly for u = exp(-30) and below
        double u = Math.exp(-margin);
        double small = margin < 30 ? Math.log1p(u) : u - u * u / 2;
        assertEquals(small, new LogisticLoss().multipliers(right, 1), 1e-15 * small);
        assertEquals(margin + small, new LogisticLoss().multipliers(wrong, 1), 1e-15 * margin);
        assertEquals(-u / (1 + u), right[0], 1e-15 * u);
        assertEquals(-1 / (1 + u), wrong[0], 1e-15);
    }

    @Test
    void softmaxIsStableFarOut() {
        double[] right = {1e4, -1e4, 0};
        double[] wrong = right.clone();
        assertEquals(0, new SoftmaxLoss(3).multipliers(right, 0));
        assertEquals(2e4, new SoftmaxLoss(3).multipliers(wrong, 1));
        assertEquals(1, wrong[0]);
        assertEquals(-1, wrong[1]);
        assertEquals(0, Math.abs(wrong[2]));
        assertEquals(0, Math.abs(right[0]));
    }

    @Test
    void squaredErrorIsBoundedFarOut() {
        double[] right = {1e4};
        double[] wrong = {-1e4};
        assertEquals(0, new SquaredErrorLoss().multipliers(right, 1));
        assertEquals(0.5, new SquaredErrorLoss().multipliers(wrong, 1));
        assertEquals(0, Math.abs(right[0]));
        assertEquals(0, Math.abs(wrong[0]));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aMarginThatIsNoNumberShows(Loss loss) {
        double[] margins = new double[loss.outputs()];
        margins[margins.length - 1] = Double.NaN;
        assertTrue(Double.isNaN(loss.multipliers(margins, 0)));
        assertTrue(Double.isNaN(margins[0]));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void multipliersOfSoftmaxSumToZero(Loss loss) {
        if (loss instanceof SoftmaxLoss) {
            double[] margins = new Random(3).doubles(loss.outputs(), -5, 5).toArray();
            loss.multipliers(margins, 1);
            double sum = 0;
            for (double multiplier : margins) {
                sum += multiplier;
            }
            assertEquals(0, sum, 1e-15);
        }
    }
}
