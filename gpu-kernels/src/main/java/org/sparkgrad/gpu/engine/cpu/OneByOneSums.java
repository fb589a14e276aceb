package org.sparkgrad.gpu.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Piece;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;

/** Models one after the other, by the arithmetic of one: each over blocks with weights of its own. */
final class OneByOneSums implements GridSums {
    private final BlockSums sums;
    private List<GridModel> models = List.of();

    /** @param sums that of one model, for pieces of any block */
    OneByOneSums(BlockSums sums) {
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
            for (Piece piece : Piece.cut(shard, range)) {
                double[] weights = shard.weights(piece.blockIndex(), model.leftOut());
                sums.add(
                        new Piece(piece.blockIndex(), piece.block().weighted(weights), piece.start(), piece.end()),
                        sum);
            }
            all.add(sum);
        }
        return all;
    }
}
