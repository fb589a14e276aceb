package org.sparkgrad.gpu.engine.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Piece;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.loss.GridTileLoss;

/**
 * M models as one of M x K outputs: each row of features is read once for all of them. Where a model leaves a row out,
 * its weight is 0, and so are the multipliers.
 */
final class WideSums implements GridSums {
    private final GridTileLoss loss;
    private final BlockSums sums;
    private List<GridModel> models = List.of();

    /**
     * @param loss of the M models
     * @param sums for M x K outputs, with that loss
     */
    WideSums(GridTileLoss loss, BlockSums sums) {
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
    public List<GradientSum> sum(Shard shard, RowRange range) {
        Coefficients first = models.get(0).coefficients();
        GradientSum wide = GradientSum.zero(models.size() * first.outputs(), first.features());
        double[] lossSums = new double[models.size()];
        double[] weightSums = new double[models.size()];
        for (Piece piece : Piece.cut(shard, range)) {
            double[][] weights = weights(shard, piece);
            loss.setWeights(weights);
            sums.add(piece, wide);
            for (int m = 0; m < models.size(); m++) {
                lossSums[m] += loss.lossSum(m);
                weightSums[m] += piece.sum(weights[m]);
            }
        }
        int size = first.values().length;
        List<GradientSum> all = new ArrayList<>();
        for (int m = 0; m < models.size(); m++) {
            double[] gradient = Arrays.copyOfRange(wide.gradientSum(), m * size, (m + 1) * size);
            all.add(new GradientSum(lossSums[m], weightSums[m], gradient));
        }
        return all;
    }

    /** Models that leave the same fold out share an array. */
    private double[][] weights(Shard shard, Piece piece) {
        Map<Integer, double[]> byFold = new HashMap<>();
        return models.stream()
                .map(model ->
                        byFold.computeIfAbsent(model.leftOut(), leftOut -> shard.weights(piece.blockIndex(), leftOut)))
                .toArray(double[][]::new);
    }

    @Override
    public void release() {
        sums.release();
    }
}
