package org.sparkgrad.job.exchange.pass;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/**
 * Loss and gradient of several models over the rows of a slot, each model without the rows of one fold. The sums are those
 * of {@link GridSum}.
 *
 * @param models the models, with K x (F + 1) coefficients each, over the features of the blocks
 * @param slot the rows
 */
public record GridPass(List<GridModel> models, BatchSlot slot) implements Pass {
    /** Copies the list. */
    public GridPass {
        models = List.copyOf(models);
    }

    static GridPass read(PassInput in) {
        BatchSlot slot = new BatchSlot(in.getInt(), in.getInt());
        GridModel[] models = new GridModel[in.getInt()];
        for (int m = 0; m < models.length; m++) {
            int leftOut = in.getInt();
            models[m] = new GridModel(in.getCoefficients(), leftOut);
        }
        return new GridPass(List.of(models), slot);
    }

    @Override
    public Kind kind() {
        return Kind.GRID;
    }

    @Override
    public void write(PassOutput out) {
        out.putInt(slot.index());
        out.putInt(slot.slots());
        out.putInt(models.size());
        for (GridModel model : models) {
            out.putInt(model.leftOut());
            out.putCoefficients(model.coefficients());
        }
    }

    @Override
    public int features() {
        return first().features();
    }

    @Override
    public int length() {
        return models.size() * lengthOfOne();
    }

    private Coefficients first() {
        return models.get(0).coefficients();
    }

    private int lengthOfOne() {
        return GradientSum.arrayLength(first().outputs(), first().features());
    }

    @Override
    public List<double[]> sums(GradientEngine engine) {
        return engine.sum(models, ranges(engine)).stream().map(GridSum::numbers).toList();
    }

    @Override
    public void sums(GradientEngine engine, Consumer<Subtree<double[]>> each) {
        List<Subtree<Integer>> cover = Pass.cover(engine);
        List<GridSum> sums = engine.sum(models, ranges(engine), Pass.shards(cover));
        cover.forEach(tree -> each.accept(tree.with(sums.get(tree.value()).numbers())));
    }

    private List<RowRange> ranges(GradientEngine engine) {
        return engine.shards().stream().map(shard -> slot.of(shard.rows())).toList();
    }

    /** Returns a copy of the sums of each model, from the sums of the pass. */
    public List<GradientSum> ofModels(double[] sums) {
        int length = lengthOfOne();
        return IntStream.range(0, models.size())
                .mapToObj(m -> GradientSum.of(Arrays.copyOfRange(sums, m * length, (m + 1) * length)))
                .toList();
    }
}
