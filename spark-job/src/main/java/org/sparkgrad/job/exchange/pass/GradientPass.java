package org.sparkgrad.job.exchange.pass;

import java.util.List;
import java.util.function.Consumer;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/**
 * Loss and gradient over the rows of a slot. The sums have the layout of {@link GradientSum#toArray}.
 *
 * @param coefficients K x (F + 1), over trained features
 * @param slot the rows
 */
public record GradientPass(Coefficients coefficients, BatchSlot slot) implements Pass {
    static GradientPass read(PassInput in) {
        return new GradientPass(in.getCoefficients(), new BatchSlot(in.getInt(), in.getInt()));
    }

    @Override
    public Kind kind() {
        return Kind.GRADIENT;
    }

    @Override
    public void write(PassOutput out) {
        out.putCoefficients(coefficients);
        out.putInt(slot.index());
        out.putInt(slot.slots());
    }

    @Override
    public int features() {
        return coefficients.features();
    }

    @Override
    public int length() {
        return GradientSum.arrayLength(coefficients.outputs(), coefficients.features());
    }

    @Override
    public List<double[]> sums(GradientEngine engine) {
        return engine.sum(coefficients, ranges(engine)).stream()
                .map(GradientSum::toArray)
                .toList();
    }

    @Override
    public void sums(GradientEngine engine, Consumer<Subtree<double[]>> each) {
        List<Subtree<Integer>> cover = Pass.cover(engine);
        List<GradientSum> sums = engine.sum(coefficients, ranges(engine), Pass.shards(cover));
        cover.forEach(tree -> each.accept(tree.with(sums.get(tree.value()).toArray())));
    }

    private List<RowRange> ranges(GradientEngine engine) {
        return engine.shards().stream().map(shard -> slot.of(shard.rows())).toList();
    }
}
