package org.sparkgrad.gpu.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A GPU refuses a kernel with local arrays above 48 KiB; a processor has no such limit, so this computes their size. */
class LocalMemoryTest {
    private static final int MOST_BYTES = 48 << 10;

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 31, 100, 511, 512, 990, 991, 1000, 1001, 2001, 3960})
    void manyOutputsInDoubleFit(int outputs) {
        double[] none = {0};
        DoubleGroupSoftmaxKernel kernel =
                new DoubleGroupSoftmaxKernel(GradientKernel.SOFTMAX, 1, outputs, none, new int[1], none);
        int doubles = kernel.multipliers.length + kernel.losses.length + kernel.scratch.length;
        assertTrue(doubles * Double.BYTES <= MOST_BYTES, outputs + " outputs: " + doubles + " doubles");
    }
}
