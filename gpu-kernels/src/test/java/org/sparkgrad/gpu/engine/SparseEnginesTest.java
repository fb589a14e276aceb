package org.sparkgrad.gpu.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** Sparse data against the same dense data; long columns, many columns, and no entries. */
class SparseEnginesTest {
    private final Random random = new Random(8);

    @Test
    void sparseIsDenseOnTheProcessor() {
        sameAsDense(EngineKind.REFERENCE, Precision.DOUBLE, 1e-13);
        sameAsDense(EngineKind.CPU, Precision.DOUBLE, 1e-13);
        sameAsDense(EngineKind.CPU, Precision.FLOAT, 1e-6);
    }

    @Test
    @RequiresOpenCl
    void sparseIsDenseOnADevice() {
        sameAsDense(EngineKind.OPENCL, Precision.FLOAT, 1e-6);
    }

    /** Two blocks and 8,000 features, one of which is in nearly every row. */
    @Test
    void skewedColumnsOnTheProcessor() {
        skewed(EngineKind.CPU, Precision.FLOAT, 2e-6);
        skewed(EngineKind.CPU, Precision.DOUBLE, 1e-12);
    }

    @Test
    @RequiresOpenCl
    void skewedColumnsOnADevice() {
        skewed(EngineKind.OPENCL, Precision.FLOAT, 2e-6);
    }

    /** A million features: the cost of a step depends on the entries. */
    @Test
    @RequiresOpenCl
    void wideData() {
        int features = 1_000_000;
        List<Shard> shards = SparseSamples.shards(features, 1, Precision.FLOAT, random, 500);
        Coefficients coefficients = Samples.coefficients(1, features, random);
        for (EngineKind kind : List.of(EngineKind.CPU, EngineKind.OPENCL)) {
            try (GradientEngine engine = open(kind, Precision.FLOAT, 1, features, shards)) {
                Agreement.check(engine, new LogisticLoss(), coefficients, Samples.all(shards), 2e-6);
                Agreement.check(engine, new LogisticLoss(), coefficients, Samples.middle(shards), 2e-6);
            }
        }
    }

    @Test
    void rowsWithoutEntriesOnTheProcessor() {
        rowsWithoutEntries(EngineKind.REFERENCE, Precision.FLOAT);
        rowsWithoutEntries(EngineKind.CPU, Precision.FLOAT);
        rowsWithoutEntries(EngineKind.CPU, Precision.DOUBLE);
    }

    @Test
    @RequiresOpenCl
    void rowsWithoutEntriesOnADevice() {
        rowsWithoutEntries(EngineKind.OPENCL, Precision.FLOAT);
    }

    @Test
    void refusesAMixture() {
        List<Shard> shards = List.of(
                Samples.shard(0, 5, 3, 1, Precision.FLOAT, random),
                new Shard(1, 3, List.of()),
                SparseSamples.shard(2, 5, 3, 1, Precision.FLOAT, random));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> open(EngineKind.CPU, Precision.FLOAT, 1, 3, shards));
        assertTrue(String.valueOf(refusal.getMessage()).contains("shards 0 and 2"));
        assertThrows(
                IllegalArgumentException.class,
                () -> open(EngineKind.CPU, Precision.DOUBLE, 1, 3, shards.subList(2, 3)));
    }

    private void sameAsDense(EngineKind kind, Precision precision, double tolerance) {
        for (int outputs : new int[] {1, 3}) {
            Shard sparse = SparseSamples.shard(0, 300, 60, outputs, precision, random);
            Shard dense = SparseSamples.dense(sparse, precision);
            Coefficients coefficients = Samples.coefficients(outputs, 60, random);
            for (RowRange range : List.of(RowRange.all(sparse), new RowRange(17, 211))) {
                Agreement.nearly(
                        sum(kind, precision, coefficients, dense, range),
                        sum(kind, precision, coefficients, sparse, range),
                        tolerance);
            }
        }
    }

    private void skewed(EngineKind kind, Precision precision, double tolerance) {
        int features = 8000;
        List<Shard> shards = SparseSamples.shards(features, 2, precision, random, 7000);
        assertEquals(2, shards.get(0).blocks().size());
        for (int outputs : new int[] {1, 2}) {
            Coefficients coefficients = Samples.coefficients(outputs, features, random);
            List<RowRange> across = List.of(new RowRange(500, 6500));
            try (GradientEngine engine = open(kind, precision, outputs, features, shards)) {
                for (List<RowRange> ranges : List.of(Samples.all(shards), across)) {
                    Agreement.check(engine, Samples.losses(outputs).get(0), coefficients, ranges, tolerance);
                }
            }
        }
    }

    private static void rowsWithoutEntries(EngineKind kind, Precision precision) {
        int[] starts = new int[4];
        float[] labels = {0, 1, 0};
        double[] weights = {1, 2, 4};
        SparseBlock block = precision == Precision.FLOAT
                ? SparseBlock.ofFloats(5, starts, new int[0], new float[0], labels, weights)
                : SparseBlock.ofDoubles(5, starts, new int[0], new double[0], labels, weights);
        Shard shard = new Shard(0, 5, List.of(block));
        GradientSum sum = sum(kind, precision, Coefficients.zeros(1, 5), shard, RowRange.all(shard));
        double[] lossWeightAndGradient = {7 * Math.log(2), 7, 0, 0, 0, 0, 0, 0.5 - 1 + 2};
        Agreement.nearly(GradientSum.of(lossWeightAndGradient), sum, 1e-7);
    }

    private static GradientSum sum(
            EngineKind kind, Precision precision, Coefficients coefficients, Shard shard, RowRange range) {
        List<Shard> shards = List.of(shard);
        try (GradientEngine engine = open(kind, precision, coefficients.outputs(), shard.features(), shards)) {
            return engine.sum(coefficients, List.of(range)).get(0);
        }
    }

    private static GradientEngine open(
            EngineKind kind, Precision precision, int outputs, int features, List<Shard> shards) {
        return GradientEngines.open(
                new EngineSpec(kind, precision, 0),
                outputs == 1 ? new LogisticLoss() : new SoftmaxLoss(outputs),
                features,
                shards);
    }
}
