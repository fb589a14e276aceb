package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MLlib's own compressed() says what the smaller form is. */
class CompactVectorsTest {
    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 300})
    void formsAreThoseOfMllib(int size) {
        for (int nonzeros = 0; nonzeros <= size; nonzeros++) {
            double[] values = new double[size];
            for (int i = 0; i < size; i++) {
                values[i] = i < nonzeros ? random.nextGaussian() : i % 2 == 0 ? 0.0 : -0.0;
            }
            if (nonzeros > 1) {
                values[0] = Double.NaN;
                values[1] = Double.MIN_VALUE;
            }
            shuffle(values);
            Vector dense = Vectors.dense(values);
            int[] every = random.ints(0, Math.max(1, size))
                    .limit(size)
                    .sorted()
                    .distinct()
                    .toArray();
            double[] some = new double[every.length];
            for (int i = 0; i < some.length; i++) {
                some[i] = values[every[i]];
            }
            for (Vector vector : new Vector[] {dense, dense.toSparse(), Vectors.sparse(size, every, some)}) {
                assertEquals(vector.numNonzeros(), CompactVectors.nonzeros(vector));
                Vector compact = CompactVectors.of(vector);
                assertEquals(vector.compressed().getClass(), compact.getClass());
                assertEquals(vector.compressed().toString(), compact.toString());
                assertSame(compact, CompactVectors.of(compact));
            }
        }
    }

    private void shuffle(double[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double other = values[i];
            values[i] = values[j];
            values[j] = other;
        }
    }
}
