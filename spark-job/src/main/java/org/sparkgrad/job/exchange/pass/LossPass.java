package org.sparkgrad.job.exchange.pass;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.engine.GradientEngine;

/**
 * The loss over all held-out rows: the sum of weight times loss, then the sum of weights.
 *
 * @param coefficients K x (F + 1), over trained features
 */
public record LossPass(Coefficients coefficients) implements Pass {
    static LossPass read(PassInput in) {
        return new LossPass(in.getCoefficients());
    }

    @Override
    public Kind kind() {
        return Kind.LOSS;
    }

    @Override
    public void write(PassOutput out) {
        out.putCoefficients(coefficients);
    }

    @Override
    public Rows rows() {
        return Rows.VALIDATION;
    }

    @Override
    public int features() {
        return coefficients.features();
    }

    @Override
    public int length() {
        return 2;
    }

    @Override
    public List<double[]> sums(GradientEngine engine) {
        List<RowRange> all = engine.shards().stream()
                .map(shard -> BatchSlot.ALL.of(shard.rows()))
                .toList();
        return engine.sum(coefficients, all).stream()
                .map(sum -> new double[] {sum.lossSum(), sum.weightSum()})
                .toList();
    }
}
