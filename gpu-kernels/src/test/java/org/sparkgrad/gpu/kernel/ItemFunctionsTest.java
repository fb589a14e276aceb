package org.sparkgrad.gpu.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The exponential and logarithm of the kernels for processors, against those of Java. */
class ItemFunctionsTest {
    private static final double FLOAT_ERROR = 3e-7;
    private static final double DOUBLE_ERROR = 1e-15;
    private static final int MANY = 100_000;

    private final FloatItemKernel floats = new FloatItemBinaryKernel(0, 1, 1, new float[1], new int[1], new float[1]);
    private final DoubleItemKernel doubles =
            new DoubleItemBinaryKernel(0, 1, 1, new double[1], new int[1], new double[1]);
    private final Random random = new Random(5);

    @Test
    void exponentials() {
        for (double bound : new double[] {1e-6, 1, 87}) {
            for (double x : random.doubles(MANY, 0, bound).toArray()) {
                double expected = Math.exp(-(float) x);
                assertEquals(expected, floats.expOfMinus((float) x), FLOAT_ERROR * expected, "exp(-" + x + "f)");
            }
        }
        for (double bound : new double[] {1e-9, 1, 708}) {
            for (double x : random.doubles(MANY, 0, bound).toArray()) {
                double expected = Math.exp(-x);
                assertEquals(expected, doubles.expOfMinus(x), DOUBLE_ERROR * expected, "exp(-" + x + ")");
            }
        }
    }

    @Test
    void logarithms() {
        DoubleStream small = random.doubles(MANY, 0, 1).map(x -> x * Math.pow(2, -random.nextInt(60)));
        for (double x : DoubleStream.concat(small, DoubleStream.of(1)).toArray()) {
            double expected = Math.log1p((float) x);
            assertEquals(expected, floats.log1pOf((float) x), FLOAT_ERROR * expected, "log1p(" + x + "f)");
            assertEquals(Math.log1p(x), doubles.log1pOf(x), DOUBLE_ERROR * Math.log1p(x), "log1p(" + x + ")");
        }
    }

    @Test
    void whereTheyEnd() {
        assertEquals(1, floats.expOfMinus(0));
        assertEquals(1, doubles.expOfMinus(0));
        assertEquals(0, floats.log1pOf(0));
        assertEquals(0, doubles.log1pOf(0));
        for (float far : new float[] {88, 1e4f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertEquals(0, floats.expOfMinus(far));
        }
        for (double far : new double[] {709, 1e4, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
            assertEquals(0, doubles.expOfMinus(far));
        }
        assertTrue(Float.isNaN(floats.expOfMinus(Float.NaN)));
        assertTrue(Double.isNaN(doubles.expOfMinus(Double.NaN)));
    }
}
