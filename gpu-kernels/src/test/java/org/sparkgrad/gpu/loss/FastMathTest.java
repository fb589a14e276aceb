package org.sparkgrad.gpu.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastMathTest {
    private final Random random = new Random(4);

    @ParameterizedTest
    @ValueSource(doubles = {1e-8, 1, 31.9, 33, 650})
    void manyAreExact(double bound) {
        double[][] x = {random.doubles(1001, -bound, bound).toArray(), {0}};
        x[1] = random.doubles(1001, -bound / 2, bound).toArray();
        double[][] exps = {x[0].clone(), x[1].clone()};
        FastMath.exp(exps, 1000, new double[1000]);
        for (int k = 0; k < x.length; k++) {
            for (int i = 0; i < 1000; i++) {
                assertEquals(Math.exp(x[k][i]), exps[k][i], 1e-13 * Math.exp(x[k][i]), "exp(" + x[k][i] + ")");
            }
            assertEquals(x[k][1000], exps[k][1000], "beyond the count nothing changes");
        }
    }

    @Test
    void oneIsExactToTheLastPlaces() {
        for (double x : random.doubles(100_000, -699, 699).toArray()) {
            assertEquals(Math.exp(x), FastMath.exp(x), 4e-16 * Math.exp(x), "exp(" + x + ")");
        }
    }

    @Test
    void farOutItIsTheLibrarysOwn() {
        for (double x : new double[] {-1e4, -745, -701, 701, 1e4, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
            assertEquals(Math.exp(x), FastMath.exp(x));
        }
        assertTrue(Double.isNaN(FastMath.exp(Double.NaN)));
        double[][] one = {{1, Double.NaN, 2}};
        FastMath.exp(one, 3, new double[3]);
        assertTrue(Double.isNaN(one[0][1]));
    }

    /** The exponential of 0 is exactly 1: loss and multipliers depend on that. */
    @Test
    void ofZeroIsOne() {
        double[][] zero = {{0, -0.0}};
        FastMath.exp(zero, 2, new double[2]);
        assertEquals(1, zero[0][0]);
        assertEquals(1, zero[0][1]);
        assertEquals(1, FastMath.exp(0));
    }

    @Test
    void aSumOfLogarithmsKeepsSmallTermsAndLargeOnes() {
        LogSum sum = new LogSum();
        double expected = 0;
        for (int i = 0; i < 1000; i++) {
            double u = Math.exp(-60 + i * 0.5);
            double weight = i % 100 == 0 ? 0.5 : 2;
            sum.add(weight, u);
            expected += weight * Math.log1p(u);
            assertEquals(expected, sum.sum(), 1e-13 * expected, "after " + i);
        }
        sum.clear();
        assertEquals(0, sum.sum());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1, 1e30, 1e199})
    void aSumOfManyLogarithmsIsThatOfEach(double scale) {
        int rows = 203;
        double[] u = random.doubles(rows).map(x -> scale * x * x).toArray();
        for (int changing = 1; changing <= 2 * rows; changing *= 3) {
            double[] weights = new double[2 + rows];
            double expected = 0;
            for (int r = 0; r < rows; r++) {
                weights[2 + r] = (1 + r / changing) % 3;
                expected += weights[2 + r] * Math.log1p(u[r]);
            }
            LogSum sum = new LogSum();
            sum.add(weights, 2, u, rows);
            assertEquals(expected, sum.sum(), 1e-13 * expected, "weights that change every " + changing);
        }
    }
}
