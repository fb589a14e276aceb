package org.sparkgrad.gpu.benchmark;

import java.util.List;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.cpu.ReferenceEngine;
import org.sparkgrad.gpu.loss.Loss;

/** The largest |g_j - reference| / sum of |w m x_j| over the first rows of an engine's first shard. */
final class GradientError {
    private static final double OPERATIONS = 2e8;

    private final BenchmarkCase data;

    GradientError(BenchmarkCase data) {
        this.data = data;
    }

    double of(List<GradientEngine> engines) {
        GradientEngine engine = engines.get(0);
        Shard shard = engine.shards().get(0);
        int rows = (int) Math.max(1, Math.min(shard.rows(), OPERATIONS * data.rows() / data.operations()));
        Coefficients coefficients = data.coefficients();
        Loss loss = data.loss();
        List<RowRange> ranges = engine.shards().stream()
                .map(of -> of == shard ? new RowRange(0, rows) : new RowRange(0, 0))
                .toList();
        double[] actual = engine.sum(coefficients, ranges).get(0).gradientSum();
        try (GradientEngine reference = new ReferenceEngine(loss, data.features(), List.of(shard))) {
            double[] expected = reference
                    .sum(coefficients, List.of(new RowRange(0, rows)))
                    .get(0)
                    .gradientSum();
            double[] scale = absoluteTerms(shard, rows, coefficients, loss).gradientSum();
            double worst = 0;
            for (int i = 0; i < expected.length; i++) {
                if (scale[i] > 0) {
                    worst = Math.max(worst, Math.abs(actual[i] - expected[i]) / scale[i]);
                }
            }
            return worst;
        }
    }

    private static GradientSum absoluteTerms(Shard shard, int rows, Coefficients coefficients, Loss loss) {
        int features = coefficients.features();
        GradientSum sum = GradientSum.zero(loss.outputs(), features);
        double[] margins = new double[loss.outputs()];
        for (int i = 0; i < rows; i++) {
            Block block = shard.blocks().get(i / shard.blockRows());
            int row = i % shard.blockRows();
            for (int k = 0; k < margins.length; k++) {
                margins[k] = coefficients.intercept(k);
                for (int e = 0; e < block.entries(row); e++) {
                    margins[k] += coefficients.coefficient(k, block.entryFeature(row, e)) * block.entryValue(row, e);
                }
            }
            loss.multipliers(margins, (int) block.labels()[row]);
            for (int k = 0; k < margins.length; k++) {
                double multiplier = Math.abs(block.weights()[row] * margins[k]);
                int of = sum.gradientStart() + k * (features + 1);
                for (int e = 0; e < block.entries(row); e++) {
                    sum.numbers()[of + block.entryFeature(row, e)] += multiplier * Math.abs(block.entryValue(row, e));
                }
                sum.numbers()[of + features] += multiplier;
            }
        }
        return sum;
    }
}
