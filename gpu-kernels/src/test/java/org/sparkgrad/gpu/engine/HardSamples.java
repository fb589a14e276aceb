package org.sparkgrad.gpu.engine;

import java.util.List;
import java.util.Random;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;

/** Data that cause large rounding errors in sums. */
public final class HardSamples {
    private static final double SATURATED = 1e4;
    private static final int DECADES = 6;

    private HardSamples() {}

    /**
     * Returns a shard of standardised columns: the deviation is 1, and the mean is near 0. Before, they had scales from 1e-6
     * to 1e6 and were stored in single precision.
     */
    public static Shard standardised(int rows, int features, int outputs, Precision precision, Random random) {
        Shard raw = Samples.shard(0, rows, features, outputs, Precision.DOUBLE, random);
        List<DenseBlock> blocks = raw.blocks().stream()
                .map(block -> standardised((DenseBlock) block, precision))
                .toList();
        return new Shard(0, features, blocks);
    }

    private static DenseBlock standardised(DenseBlock raw, Precision precision) {
        double[] values = raw.doubles().clone();
        for (int i = 0; i < values.length; i++) {
            double scale = Math.pow(10, i % raw.features() % (2 * DECADES + 1) - DECADES);
            float stored = (float) (scale * (values[i] + 3));
            values[i] = (stored - 3 * scale) / scale;
        }
        return precision == Precision.DOUBLE
                ? DenseBlock.ofDoubles(raw.features(), values, raw.labels(), raw.weights())
                : DenseBlock.ofFloats(raw.features(), Samples.floats(values), raw.labels(), raw.weights());
    }

    /** Returns coefficients that give margins between about -1e4 and 1e4, each from one feature. */
    public static Coefficients saturating(int outputs, Block block) {
        Coefficients coefficients = Coefficients.zeros(outputs, block.features());
        for (int k = 0; k < outputs; k++) {
            coefficients.values()[k * (block.features() + 1) + k % block.features()] =
                    k % 2 == 0 ? SATURATED : -SATURATED;
        }
        return coefficients;
    }
}
