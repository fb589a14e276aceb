package org.sparkgrad.gpu.cpu;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.cpu.CpuEngine;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** Prints the arithmetic of the CPU engine, and a hash of its sums. */
public final class BitsProbe {
    /** Linux's RTLD_LAZY and RTLD_GLOBAL. */
    private static final int LAZY_FOR_ALL = 0x1 | 0x100;

    private static final int ROWS = 500;
    private static final int FEATURES = 300;
    private static final int OUTPUTS = 10;

    private BitsProbe() {}

    /** Takes at most one library, which it loads first, for the whole process. */
    public static void main(String[] arguments) {
        for (String library : arguments) {
            NativeLibrary.getInstance(library, Map.of(Library.OPTION_OPEN_FLAGS, LAZY_FOR_ALL));
        }
        Random random = new Random(3);
        float[] values = new float[ROWS * FEATURES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] labels = new float[ROWS];
        double[] weights = new double[ROWS];
        for (int r = 0; r < ROWS; r++) {
            labels[r] = random.nextInt(OUTPUTS);
            weights[r] = 1;
        }
        Shard shard = new Shard(0, FEATURES, List.of(DenseBlock.ofFloats(FEATURES, values, labels, weights)));
        double[] coefficients =
                random.doubles(OUTPUTS * (FEATURES + 1L), -0.1, 0.1).toArray();
        try (GradientEngine engine =
                new CpuEngine(new SoftmaxLoss(OUTPUTS), FEATURES, Precision.FLOAT, List.of(shard))) {
            GradientSum sum = engine.sum(
                            new Coefficients(OUTPUTS, FEATURES, coefficients), List.of(RowRange.all(shard)))
                    .get(0);
            System.out.println(engine.report().instructionSet() + " " + Arrays.hashCode(sum.gradientSum()));
        }
    }
}
