package org.sparkgrad.gpu.engine.cpu;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.loss.GridTileLoss;

/**
 * Sums for M models as for one model of M x K outputs, so that each row of features is read once for all models. A row
 * that a model leaves out has weight 0 there, and so multipliers 0.
 */
final class StackedGridSums implements GridSums {
    private final GridTileLoss loss;
    private final BlockSums sums;
    private List<GridModel> models = List.of();

    /**
     * @param loss the losses of the M models
     * @param sums for M x K outputs, with {@code loss}
     */
    StackedGridSums(GridTileLoss loss, BlockSums sums) {
        this.loss = loss;
        this.sums = sums;
    }

    @Override
    public void start(List<GridModel> next) {
        models = next;
        Coefficients first = next.get(0).coefficients();
        int size = first.values().length;
        double[] stacked = new double[next.size() * size];
        for (int m = 0; m < next.size(); m++) {
            System.arraycopy(next.get(m).coefficients().values(), 0, stacked, m * size, size);
        }
        sums.start(new Coefficients(next.size() * first.outputs(), first.features(), stacked));
    }

    @Override
    public GridSum sum(Shard shard, RowRange range) {
        Coefficients first = models.get(0).coefficients();
        GradientSum wide = GradientSum.zero(models.size() * first.outputs(), first.features());
        double[] lossSums = new double[models.size()];
        double[] weightSums = new double[models.size()];
        for (BlockSlice slice : BlockSlice.cut(shard, range)) {
            double[][] weights = weights(shard, slice);
            loss.setWeights(weights);
            sums.add(slice, wide);
            for (int m = 0; m < models.size(); m++) {
                lossSums[m] += loss.lossSum(m);
                weightSums[m] += slice.sum(weights[m]);
            }
        }
        int size = first.values().length;
        GridSum all = GridSum.zero(models.size(), first.outputs(), first.features());
        for (int m = 0; m < models.size(); m++) {
            GradientSum sum = all.model(m).add(lossSums[m], weightSums[m]);
            System.arraycopy(wide.numbers(), wide.gradientStart() + m * size, sum.numbers(), sum.gradientStart(), size);
        }
        return all;
    }

    /** Returns the weights of each model; models that leave out the same fold share an array. */
    private double[][] weights(Shard shard, BlockSlice slice) {
        Map<Integer, double[]> byFold = new HashMap<>();
        return models.stream()
                .map(model ->
                        byFold.computeIfAbsent(model.leftOut(), leftOut -> shard.weights(slice.blockIndex(), leftOut)))
                .toArray(double[][]::new);
    }

    @Override
    public void release() {
        sums.release();
    }
}
