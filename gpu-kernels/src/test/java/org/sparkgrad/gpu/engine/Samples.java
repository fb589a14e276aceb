package org.sparkgrad.gpu.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.gpu.loss.SquaredErrorLoss;

/** Random shards and coefficients of given shapes. */
public final class Samples {
    private Samples() {}

    /** Returns a shard of normal features, random labels, and weights in [0, 2) of which one in eight is zero. */
    public static Shard shard(int number, int rows, int features, int outputs, Precision precision, Random random) {
        List<DenseBlock> blocks = new ArrayList<>();
        int height = DenseBlock.rowsFor(features);
        for (int start = 0; start < rows; start += height) {
            int count = Math.min(height, rows - start);
            double[] values = new double[count * features];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextGaussian();
            }
            float[] labels = new float[count];
            double[] weights = new double[count];
            for (int row = 0; row < count; row++) {
                labels[row] = random.nextInt(Math.max(2, outputs));
                weights[row] = random.nextInt(8) == 0 ? 0 : 2 * random.nextDouble();
            }
            blocks.add(
                    precision == Precision.DOUBLE
                            ? DenseBlock.ofDoubles(features, values, labels, weights)
                            : DenseBlock.ofFloats(features, floats(values), labels, weights));
        }
        return new Shard(number, features, blocks);
    }

    /** Returns one shard for each number of rows. */
    public static List<Shard> shards(int features, int outputs, Precision precision, Random random, int... rows) {
        List<Shard> shards = new ArrayList<>();
        for (int number = 0; number < rows.length; number++) {
            shards.add(shard(number, rows[number], features, outputs, precision, random));
        }
        return shards;
    }

    /** Returns coefficients for which margins of normal features are about normal, too. */
    public static Coefficients coefficients(int outputs, int features, Random random) {
        double[] values = new double[outputs * (features + 1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian() / Math.sqrt(features);
        }
        return new Coefficients(outputs, features, values);
    }

    /** Returns all losses for K outputs. */
    public static List<Loss> losses(int outputs) {
        return outputs == 1 ? List.of(new LogisticLoss(), new SquaredErrorLoss()) : List.of(new SoftmaxLoss(outputs));
    }

    /** Returns the full range of every shard. */
    public static List<RowRange> all(List<Shard> shards) {
        return shards.stream().map(RowRange::all).toList();
    }

    /** Returns the middle half of every shard. */
    public static List<RowRange> middle(List<Shard> shards) {
        return shards.stream()
                .map(shard -> new RowRange(shard.rows() / 4, shard.rows() - shard.rows() / 4))
                .toList();
    }

    /** Returns an empty range of every shard, at its end. */
    public static List<RowRange> none(List<Shard> shards) {
        return shards.stream()
                .map(shard -> new RowRange(shard.rows(), shard.rows()))
                .toList();
    }

    public static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
