package org.sparkgrad.gpu.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast losses against their definition. */
class TileLossTest {
    private static final int ROWS = 257;
    private static final int START = 3;

    private final Random random = new Random(9);

    static Stream<Loss> losses() {
        return Stream.of(
                new LogisticLoss(),
                new SquaredErrorLoss(),
                new SoftmaxLoss(2),
                new SoftmaxLoss(3),
                new SoftmaxLoss(40));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void isTheDefinition(Loss loss) {
        for (double scale : new double[] {1e-9, 1, 10, 100, 1e4}) {
            for (boolean weighted : new boolean[] {false, true}) {
                check(loss, scale, weighted);
            }
        }
    }

    private void check(Loss loss, double scale, boolean weighted) {
        double[][] margins = new double[loss.outputs()][ROWS + 1];
        float[] labels = new float[START + ROWS];
        double[] weights = new double[START + ROWS];
        double expectedLoss = 0;
        double[][] expected = new double[loss.outputs()][ROWS];
        for (int r = 0; r < ROWS; r++) {
            labels[START + r] = random.nextInt(Math.max(2, loss.outputs()));
            weights[START + r] = weighted ? random.nextInt(4) * random.nextDouble() : 1;
            double[] row = new double[loss.outputs()];
            for (int k = 0; k < row.length; k++) {
                row[k] = scale * random.nextGaussian();
                margins[k][r] = row[k];
            }
            expectedLoss += weights[START + r] * loss.multipliers(row, (int) labels[START + r]);
            for (int k = 0; k < row.length; k++) {
                expected[k][r] = weights[START + r] * row[k];
            }
        }
        double actualLoss = TileLosses.of(loss, ROWS + 9).multipliers(margins, ROWS, labels, weights, START);
        assertEquals(expectedLoss, actualLoss, 2e-13 * expectedLoss, loss + " at " + scale);
        for (int k = 0; k < margins.length; k++) {
            for (int r = 0; r < ROWS; r++) {
                assertEquals(expected[k][r], margins[k][r], 3e-13 * Math.abs(expected[k][r]), loss + " at " + scale);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aMarginThatIsNoNumberShows(Loss loss) {
        double[][] margins = new double[loss.outputs()][2];
        margins[loss.outputs() - 1][1] = Double.NaN;
        double sum = TileLosses.of(loss, 2).multipliers(margins, 2, new float[2], new double[] {1, 1}, 0);
        assertTrue(Double.isNaN(sum));
        assertTrue(Double.isNaN(margins[0][1]));
    }
}
