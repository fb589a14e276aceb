package org.sparkgrad.gpu.engine.cpu;

import java.util.List;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
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
    public GridSum sum(Shard shard, RowRange range) {
        Coefficients first = models.get(0).coefficients();
        GridSum all = GridSum.zero(models.size(), first.outputs(), first.features());
        for (int m = 0; m < models.size(); m++) {
            GridModel model = models.get(m);
            GradientSum sum = all.model(m);
            sums.start(model.coefficients());
            for (BlockSlice slice : BlockSlice.cut(shard, range)) {
                double[] weights = shard.weights(slice.blockIndex(), model.leftOut());
                sums.add(
                        new BlockSlice(slice.blockIndex(), slice.block().weighted(weights), slice.start(), slice.end()),
                        sum);
            }
        }
        return all;
    }
}
