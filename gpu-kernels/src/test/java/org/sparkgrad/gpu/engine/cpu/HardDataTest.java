package org.sparkgrad.gpu.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.Agreement;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.loss.Loss;

/** Data that cause large rounding errors, on the CPU engine with OpenBLAS and without. */
class HardDataTest {
    private static final int ROWS = 3000;
    private static final int FEATURES = 40;

    private final Random random = new Random(6);

    /** All margins are large, so multipliers are 0 or 1 up to rounding. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void saturatedMargins(int outputs) {
        double[][] rows = new double[ROWS][FEATURES];
        for (double[] row : rows) {
            for (int j = 0; j < FEATURES; j++) {
                row[j] = random.nextGaussian();
            }
            row[0] = random.nextBoolean() ? 1 : -1;
        }
        double[] values = new double[outputs * (FEATURES + 1)];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j <= FEATURES; j++) {
                values[k * (FEATURES + 1) + j] = j == 0 ? 1e4 * (k + 1) / outputs : random.nextGaussian();
            }
        }
        check(rows, new Coefficients(outputs, FEATURES, values));
    }

    /** Columns of many scales and means, standardised as the rows of blocks are. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void standardisedColumns(int outputs) {
        double[][] rows = new double[ROWS][FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            double scale = Math.pow(10, -6 + 12.0 * j / (FEATURES - 1));
            double sum = 0;
            double squares = 0;
            for (double[] row : rows) {
                row[j] = scale * (3 + random.nextGaussian());
                sum += row[j];
            }
            for (double[] row : rows) {
                row[j] -= sum / ROWS;
                squares += row[j] * row[j];
            }
            for (double[] row : rows) {
                row[j] /= Math.sqrt(squares / (ROWS - 1));
            }
        }
        check(rows, Samples.coefficients(outputs, FEATURES, random));
    }

    /** All terms of a sum have one sign, so the sum grows, and so do its rounding errors. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void sumsThatDoNotCancel(int outputs) {
        double[][] rows = new double[ROWS][FEATURES];
        for (double[] row : rows) {
            for (int j = 0; j < FEATURES; j++) {
                row[j] = 1 + random.nextDouble();
            }
        }
        check(rows, Samples.coefficients(outputs, FEATURES, random));
    }

    private void check(double[][] rows, Coefficients coefficients) {
        for (Loss loss : Samples.losses(coefficients.outputs())) {
            for (boolean openBlas : new boolean[] {false, true}) {
                check(rows, coefficients, loss, Precision.FLOAT, openBlas, 2e-6);
                check(rows, coefficients, loss, Precision.DOUBLE, openBlas, 1e-12);
            }
        }
    }

    private void check(
            double[][] rows,
            Coefficients coefficients,
            Loss loss,
            Precision precision,
            boolean openBlas,
            double tolerance) {
        assertTrue(rows.length <= DenseBlock.rowsFor(FEATURES));
        double[] values = new double[rows.length * FEATURES];
        float[] labels = new float[rows.length];
        double[] weights = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, values, r * FEATURES, FEATURES);
            labels[r] = (r * 7) % 11 % Math.max(2, coefficients.outputs());
            weights[r] = 1 + r % 3;
        }
        Shard shard = new Shard(
                0,
                FEATURES,
                List.of(
                        precision == Precision.DOUBLE
                                ? DenseBlock.ofDoubles(FEATURES, values, labels, weights)
                                : DenseBlock.ofFloats(FEATURES, Samples.floats(values), labels, weights)));
        List<Shard> shards = List.of(shard);
        try (GradientEngine engine = new CpuEngine(loss, FEATURES, precision, shards, openBlas)) {
            Agreement.check(engine, loss, coefficients, Samples.all(shards), tolerance);
        }
    }
}
