package org.sparkgrad.job.exchange.pass;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.engine.GradientEngine;

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
        List<RowRange> ranges =
                engine.shards().stream().map(shard -> slot.of(shard.rows())).toList();
        return engine.sum(coefficients, ranges).stream()
                .map(GradientSum::toArray)
                .toList();
    }
}
