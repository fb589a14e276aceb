package org.sparkgrad.job.exchange.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.PackedTriangle;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/**
 * The matrix of {@link GradientEngine#gram} over the rows of a slot. Rows are in random order within a shard, so one
 * slot of many is a sample.
 *
 * @param features F
 * @param slot the rows
 * @param taken the rows of the slot that count
 * @param at the coefficients 1 x (F + 1) of second derivatives; null for the Gram matrix of the rows
 */
public record GramPass(
        int features,
        BatchSlot slot,
        FoldMask taken,
        @Nullable Coefficients at) implements Pass {
    static GramPass read(PassInput in) {
        int features = in.getInt();
        BatchSlot slot = new BatchSlot(in.getInt(), in.getInt());
        FoldMask taken = new FoldMask(in.getInt(), in.getInt() != 0);
        return new GramPass(features, slot, taken, in.getInt() == 0 ? null : in.getCoefficients());
    }

    @Override
    public Kind kind() {
        return Kind.GRAM;
    }

    @Override
    public void write(PassOutput out) {
        out.putInt(features);
        out.putInt(slot.index());
        out.putInt(slot.slots());
        out.putInt(taken.fold());
        out.putInt(taken.only() ? 1 : 0);
        out.putInt(at == null ? 0 : 1);
        if (at != null) {
            out.putCoefficients(at);
        }
    }

    @Override
    public int length() {
        return PackedTriangle.length(features + 1);
    }

    @Override
    public List<double[]> sums(GradientEngine engine) {
        List<double[]> sums = new ArrayList<>();
        sums(engine, leaf -> sums.add(leaf.value()));
        return sums;
    }

    @Override
    public void sums(GradientEngine engine, Consumer<Subtree<double[]>> each) {
        for (int s = 0; s < engine.shards().size(); s++) {
            Shard shard = engine.shards().get(s);
            each.accept(MergeTree.leaf(shard.number(), engine.gram(s, slot.of(shard.rows()), taken, at)));
        }
    }
}
