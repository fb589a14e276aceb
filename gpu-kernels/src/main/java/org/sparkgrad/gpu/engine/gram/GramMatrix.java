package org.sparkgrad.gpu.engine.gram;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.cpu.OpenBlas;

/**
 * The Gram matrix of some rows of a shard: the sum of d x x' over the rows x = (features, 1). Both methods return a
 * {@link org.sparkgrad.gpu.block.PackedTriangle} of (F + 1) x (F + 1) sums, the intercept last. A row's d is its weight;
 * with coefficients it is the weight times p (1 - p), the second derivative of the logistic loss there.
 */
public final class GramMatrix {
    private GramMatrix() {}

    /** Sums by OpenBLAS where the rows are dense and the library is loaded; else as {@link #inDoubleLoops}. */
    public static double[] fastest(Shard shard, RowRange range, FoldMask taken, @Nullable Coefficients at) {
        if (shard.sparse() || shard.rows() == 0 || OpenBlas.description().isEmpty()) {
            return inDoubleLoops(shard, range, taken, at);
        }
        boolean floats = shard.blocks().get(0).precision() == Precision.FLOAT;
        return sum(
                shard,
                range,
                taken,
                at,
                floats ? new OpenBlasFloatGram(shard.features()) : new OpenBlasDoubleGram(shard.features()));
    }

    /** Sums in plain double loops. */
    public static double[] inDoubleLoops(Shard shard, RowRange range, FoldMask taken, @Nullable Coefficients at) {
        return sum(shard, range, taken, at, new RowWiseGram(shard.features()));
    }

    private static double[] sum(Shard shard, RowRange range, FoldMask taken, @Nullable Coefficients at, GramSums sums) {
        try (sums) {
            for (BlockSlice slice : BlockSlice.cut(shard, range)) {
                double[] d = Arrays.copyOfRange(shard.weights(slice.blockIndex(), taken), slice.start(), slice.end());
                if (at != null) {
                    Curvature.multiply(d, slice, at);
                }
                sums.add(slice, d);
            }
            return sums.finish();
        }
    }
}
