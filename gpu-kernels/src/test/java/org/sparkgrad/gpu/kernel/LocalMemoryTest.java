package org.sparkgrad.gpu.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A GPU refuses a kernel with local arrays above 48 KiB; a processor has no such limit, so this computes their size. */
class LocalMemoryTest {
    private static final int MOST_BYTES = 48 << 10;
    private static final int SMALL_BYTES = 32 << 10;

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 31, 100, 511, 512, 990, 991, 1000, 1001, 2001, 3960})
    void manyOutputsInDoubleFit(int outputs) {
        double[] none = {0};
        DoubleGroupSoftmaxKernel kernel =
                new DoubleGroupSoftmaxKernel(GradientKernel.SOFTMAX, 1, outputs, none, new int[1], none);
        int doubles = kernel.multipliers.length + kernel.losses.length + kernel.scratch.length;
        assertTrue(doubles * Double.BYTES <= MOST_BYTES, outputs + " outputs: " + doubles + " doubles");
    }

    /** One output fits the smallest local memory of GPUs, 32 KiB, at any width. */
    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 7, 28, 100, 180, 200, 255, 256, 390, 687, 688, 784, 1000, 1024, 1025, 3000, 3500, 100_000})
    void oneOutputFits(int width) {
        float[] floats = {0};
        double[] doubles = {0};
        int ofFloats = new FloatGroupBinaryKernel(GradientKernel.LOGISTIC, width, 1, floats, new int[1], floats)
                .localNumbers();
        int ofDoubles = new DoubleGroupBinaryKernel(GradientKernel.LOGISTIC, width, 1, doubles, new int[1], doubles)
                .localNumbers();
        assertTrue(ofFloats * Float.BYTES <= SMALL_BYTES, width + " features: " + ofFloats + " floats");
        assertTrue(ofDoubles * Double.BYTES <= SMALL_BYTES, width + " features: " + ofDoubles + " doubles");
    }
}
