package org.sparkgrad.gpu.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;

/** Sums for models one after the other, each over blocks with the weights of its own rows. */
final class SequentialGridSums implements GridSums {
    private final BlockSums sums;
    private List<GridModel> models = List.of();

    /** @param sums for one model */
    SequentialGridSums(BlockSums sums) {
        this.sums = sums;
    }

    @Override
    public void start(List<GridModel> next) {
        models = next;
    }

    @Override
    public List<GradientSum> sum(Shard shard, RowRange range) {
        List<GradientSum> all = new ArrayList<>();
        for (GridModel model : models) {
            sums.start(model.coefficients());
            GradientSum sum = GradientSum.zero(
                    model.coefficients().outputs(), model.coefficients().features());
            for (BlockSlice slice : BlockSlice.cut(shard, range)) {
                double[] weights = shard.weights(slice.blockIndex(), model.leftOut());
                sums.add(
                        new BlockSlice(slice.blockIndex(), slice.block().weighted(weights), slice.start(), slice.end()),
                        sum);
            }
            all.add(sum);
        }
        return all;
    }
}
