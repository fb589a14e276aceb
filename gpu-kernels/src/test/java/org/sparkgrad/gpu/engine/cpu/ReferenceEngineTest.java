package org.sparkgrad.gpu.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.gpu.loss.SquaredErrorLoss;

class ReferenceEngineTest {
    static Stream<Loss> losses() {
        return Stream.of(new LogisticLoss(), new SquaredErrorLoss(), new SoftmaxLoss(2), new SoftmaxLoss(5));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientIsTheCentralDifferenceOfTheLoss(Loss loss) {
        Random random = new Random(11);
        int features = 6;
        List<Shard> shards = Samples.shards(features, loss.outputs(), Precision.DOUBLE, random, 40);
        Coefficients coefficients = Samples.coefficients(loss.outputs(), features, random);
        double step = 1e-5;
        double[] gradient = sum(loss, shards, coefficients).gradientSum();
        for (int i = 0; i < gradient.length; i++) {
            double above = sum(loss, shards, moved(coefficients, i, step)).lossSum();
            double below = sum(loss, shards, moved(coefficients, i, -step)).lossSum();
            assertEquals((above - below) / (2 * step), gradient[i], 1e-7);
        }
    }

    /** Two rows of known values: sums are divided neither by rows nor by weights. */
    @Test
    void sumsAreSums() {
        DenseBlock block = DenseBlock.ofFloats(2, new float[] {1, 2, 3, 4}, new float[] {0, 1}, new double[] {2, 5});
        Shard shard = new Shard(0, 2, List.of(block));
        GradientSum sum = sum(new LogisticLoss(), List.of(shard), Coefficients.zeros(1, 2));
        assertEquals(7, sum.weightSum());
        assertEquals(7 * Math.log(2), sum.lossSum(), 1e-14);
        assertEquals(2 * 0.5 * 1 - 5 * 0.5 * 3, sum.gradientSum()[0], 1e-14);
        assertEquals(2 * 0.5 * 2 - 5 * 0.5 * 4, sum.gradientSum()[1], 1e-14);
        assertEquals(2 * 0.5 - 5 * 0.5, sum.gradientSum()[2], 1e-14);
    }

    private static GradientSum sum(Loss loss, List<Shard> shards, Coefficients coefficients) {
        try (GradientEngine engine = new ReferenceEngine(loss, coefficients.features(), shards)) {
            return engine.sum(coefficients, Samples.all(shards)).get(0);
        }
    }

    private static Coefficients moved(Coefficients from, int index, double by) {
        double[] values = from.values().clone();
        values[index] += by;
        return new Coefficients(from.outputs(), from.features(), values);
    }
}
