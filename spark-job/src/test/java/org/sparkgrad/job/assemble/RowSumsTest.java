package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSumsTest {
    private static final int FEATURES = 37;
    private static final int ROWS = 9;

    /** @param values floats, doubles, or mostly zeros */
    @ParameterizedTest
    @ValueSource(strings = {"floats", "doubles", "sparse"})
    void sumsOfFourRowsAreThoseOfEach(String values) {
        Random random = new Random(4);
        RowBatchBuilder builder = new RowBatchBuilder();
        for (int row = 0; row < ROWS; row++) {
            double[] features = random.doubles(FEATURES)
                    .map(value -> values.equals("doubles") ? value : (float) value)
                    .map(value -> values.equals("sparse") && value > 0.1 ? 0 : value)
                    .toArray();
            builder.add(new Instance(row, 0, 1, Vectors.dense(features).compressed()));
        }
        RowBatch batch = builder.take();
        assertEquals(values.equals("sparse"), batch.indices() != null);
        assertEquals(values.equals("doubles"), batch.values().floats() == null);
        double[] coefficients = random.doubles(FEATURES + 5).toArray();
        for (int[] rows : new int[][] {{0, 1, 2, 3}, {8, 3, 3, 0}, {5}, {4, 7, 2}}) {
            double[] sums = random.doubles(rows.length).toArray();
            double[] expected = sums.clone();
            for (int i = 0; i < rows.length; i++) {
                expected[i] = batch.add(expected[i], rows[i], coefficients, 5);
            }
            RowSums.add(batch, sums, rows, coefficients, 5);
            for (int i = 0; i < rows.length; i++) {
                assertEquals(expected[i], sums[i]);
            }
        }
    }
}
