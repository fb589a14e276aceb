package org.sparkgrad.gpu.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.cpu.ReferenceEngine;
import org.sparkgrad.gpu.loss.Loss;

/** Compares an engine with the reference: errors are measured against the sums of absolute terms. */
public final class Agreement {
    private Agreement() {}

    /** Asserts |g - reference| <= tolerance x sum |w m x| for each coefficient, and likewise for the loss. */
    public static void check(
            GradientEngine engine, Loss loss, Coefficients coefficients, List<RowRange> ranges, double tolerance) {
        List<Shard> shards = engine.shards();
        check(engine.sum(coefficients, ranges), loss, coefficients, shards, ranges, tolerance);
    }

    /** Asserts the same of sums over shards. */
    public static void check(
            List<GradientSum> sums,
            Loss loss,
            Coefficients coefficients,
            List<Shard> shards,
            List<RowRange> ranges,
            double tolerance) {
        assertEquals(shards.size(), sums.size());
        try (GradientEngine reference = new ReferenceEngine(loss, coefficients.features(), shards)) {
            List<GradientSum> expected = reference.sum(coefficients, ranges);
            for (int s = 0; s < sums.size(); s++) {
                GradientSum scale = absoluteTerms(loss, coefficients, shards.get(s), ranges.get(s));
                String where = "shard %d of %d rows, %s, F = %d, %s"
                        .formatted(s, shards.get(s).rows(), ranges.get(s), coefficients.features(), loss);
                close(expected.get(s).lossSum(), sums.get(s).lossSum(), tolerance * scale.lossSum(), where);
                assertEquals(expected.get(s).weightSum(), sums.get(s).weightSum(), where);
                double[] wanted = expected.get(s).gradientSum();
                double[] found = sums.get(s).gradientSum();
                double[] scales = scale.gradientSum();
                for (int i = 0; i < wanted.length; i++) {
                    close(wanted[i], found[i], tolerance * scales[i], where + ", coefficient " + i);
                }
            }
        }
    }

    private static void close(double expected, double actual, double bound, String where) {
        assertTrue(
                Math.abs(expected - actual) <= bound,
                () -> "%s: expected %s, was %s, off by %.3g, allowed %.3g"
                        .formatted(where, expected, actual, Math.abs(expected - actual), bound));
    }

    /** Sums |w loss| and |w m x| in the same order as gradients. */
    private static GradientSum absoluteTerms(Loss loss, Coefficients coefficients, Shard shard, RowRange range) {
        int features = coefficients.features();
        GradientSum sum = GradientSum.zero(loss.outputs(), features);
        double[] margins = new double[loss.outputs()];
        for (BlockSlice slice : BlockSlice.cut(shard, range)) {
            Block block = slice.block();
            for (int row = slice.start(); row < slice.end(); row++) {
                for (int k = 0; k < margins.length; k++) {
                    margins[k] = coefficients.intercept(k);
                    for (int e = 0; e < block.entries(row); e++) {
                        margins[k] +=
                                coefficients.coefficient(k, block.entryFeature(row, e)) * block.entryValue(row, e);
                    }
                }
                double weight = block.weights()[row];
                double value = loss.multipliers(margins, (int) block.labels()[row]);
                sum.add(weight * value, weight);
                for (int k = 0; k < margins.length; k++) {
                    int of = sum.gradientStart() + k * (features + 1);
                    for (int e = 0; e < block.entries(row); e++) {
                        sum.numbers()[of + block.entryFeature(row, e)] +=
                                Math.abs(weight * margins[k] * block.entryValue(row, e));
                    }
                    sum.numbers()[of + features] += Math.abs(weight * margins[k]);
                }
            }
        }
        return sum;
    }

    /** Asserts that each number of two sums differs by at most tolerance x (1 + sum of weights). */
    public static void nearly(GradientSum expected, GradientSum actual, double tolerance) {
        double bound = tolerance * (1 + expected.weightSum());
        close(expected.lossSum(), actual.lossSum(), bound, "loss");
        close(expected.weightSum(), actual.weightSum(), bound, "weights");
        double[] wanted = expected.gradientSum();
        double[] found = actual.gradientSum();
        for (int i = 0; i < wanted.length; i++) {
            close(wanted[i], found[i], bound, "coefficient " + i);
        }
    }

    /** Asserts that two lists of sums have the same bits. */
    public static void sameBits(List<GradientSum> expected, List<GradientSum> actual) {
        assertEquals(expected.size(), actual.size());
        for (int s = 0; s < expected.size(); s++) {
            assertEquals(bits(expected.get(s).lossSum()), bits(actual.get(s).lossSum()), "loss of shard " + s);
            assertEquals(bits(expected.get(s).weightSum()), bits(actual.get(s).weightSum()));
            double[] wanted = expected.get(s).gradientSum();
            double[] found = actual.get(s).gradientSum();
            assertEquals(wanted.length, found.length);
            for (int i = 0; i < wanted.length; i++) {
                assertEquals(bits(wanted[i]), bits(found[i]), "coefficient " + i + " of shard " + s);
            }
        }
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
