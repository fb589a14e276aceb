package org.sparkgrad.gpu.engine.gram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.PackedTriangle;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.engine.SparseSamples;
import org.sparkgrad.gpu.engine.cpu.CpuEngine;
import org.sparkgrad.gpu.engine.cpu.ReferenceEngine;
import org.sparkgrad.gpu.loss.LogisticLoss;

/** Sums of d x x' by every engine, against loops over a full matrix. */
class GramTest {
    private static final int FOLDS = 3;

    private final Random random = new Random(3);

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "13, 31",
        "4098, 1",
        "4098, 13",
        "1024, 33",
        "1025, 257",
        "3000, 100",
        "5, 1200",
        "700, 1200",
        "9001, 32"
    })
    void dense(int rows, int features) {
        for (Precision precision : Precision.values()) {
            List<Shard> shards = Samples.shards(features, 1, precision, random, rows, 0, 7);
            check(shards, features, precision, tolerance(precision));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "13, 31", "9001, 257", "700, 1200"})
    void sparse(int rows, int features) {
        for (Precision precision : Precision.values()) {
            check(SparseSamples.shards(features, 1, precision, random, rows, 0, 7), features, precision, 1e-12);
        }
    }

    @Test
    @RequiresOpenCl
    void theEngineOfADeviceToo() {
        List<Shard> shards = Samples.shards(33, 1, Precision.FLOAT, random, 5000, 7);
        EngineSpec spec = new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, 0);
        try (GradientEngine engine = GradientEngines.open(spec, new LogisticLoss(), 33, shards)) {
            check(engine, shards, 33, tolerance(Precision.FLOAT));
        }
    }

    @Test
    void theBitsDoNotDependOnOtherShards() {
        List<Shard> shards = Samples.shards(40, 1, Precision.FLOAT, random, 3000, 2000);
        RowRange range = new RowRange(17, 1999);
        try (GradientEngine both = cpu(shards, 40, Precision.FLOAT);
                GradientEngine alone = cpu(shards.subList(1, 2), 40, Precision.FLOAT)) {
            both.gram(0, RowRange.all(shards.get(0)), FoldMask.ALL, null);
            assertArrayEquals(alone.gram(0, range, FoldMask.ALL, null), both.gram(1, range, FoldMask.ALL, null));
        }
    }

    @Test
    void coefficientsOfAnotherShapeAreRefused() {
        List<Shard> shards = Samples.shards(4, 1, Precision.FLOAT, random, 10);
        try (GradientEngine engine = cpu(shards, 4, Precision.FLOAT)) {
            RowRange all = RowRange.all(shards.get(0));
            Coefficients wide = Coefficients.zeros(1, 5);
            assertThrows(IllegalArgumentException.class, () -> engine.gram(0, all, FoldMask.ALL, wide));
            Coefficients two = Coefficients.zeros(2, 4);
            assertThrows(IllegalArgumentException.class, () -> engine.gram(0, all, FoldMask.ALL, two));
        }
    }

    private void check(List<Shard> shards, int features, Precision precision, double tolerance) {
        try (GradientEngine engine = cpu(shards, features, precision)) {
            check(engine, shards, features, tolerance);
        }
        try (GradientEngine engine = new CpuEngine(new LogisticLoss(), features, precision, shards, false)) {
            check(engine, shards, features, tolerance);
        }
        try (GradientEngine engine = new ReferenceEngine(new LogisticLoss(), features, shards)) {
            check(engine, shards, features, 1e-12);
        }
    }

    private void check(GradientEngine engine, List<Shard> shards, int features, double tolerance) {
        Coefficients at = Samples.coefficients(1, features, random);
        for (List<RowRange> ranges : List.of(Samples.all(shards), Samples.middle(shards), Samples.none(shards))) {
            for (int s = 0; s < shards.size(); s++) {
                check(engine, s, ranges.get(s), FoldMask.ALL, null, tolerance);
                check(engine, s, ranges.get(s), FoldMask.ALL, at, tolerance);
            }
        }
    }

    private static void check(
            GradientEngine engine,
            int shard,
            RowRange range,
            FoldMask taken,
            @Nullable Coefficients at,
            double tolerance) {
        double[][] expected = full(engine.shards().get(shard), range, taken, at);
        compare(expected, engine.gram(shard, range, taken, at), tolerance);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, false", "DOUBLE, false", "DOUBLE, true"})
    void rowsOfAFoldAloneAndAllOthers(Precision precision, boolean sparse) {
        int features = 33;
        int rows = 5000;
        List<Shard> shards = sparse
                ? SparseSamples.shards(features, 1, precision, random, rows, rows)
                : Samples.shards(features, 1, precision, random, rows, rows);
        byte[] folds = new byte[rows];
        for (int row = 0; row < rows; row++) {
            folds[row] = (byte) foldOf(row);
        }
        List<Shard> folded = shards.stream()
                .map(shard -> new Shard(shard.number(), features, shard.blocks(), folds))
                .toList();
        Coefficients at = Samples.coefficients(1, features, random);
        RowRange range = new RowRange(11, 4444);
        try (GradientEngine engine = cpu(folded, features, precision);
                GradientEngine reference = new ReferenceEngine(new LogisticLoss(), features, folded)) {
            for (int fold = 0; fold < FOLDS; fold++) {
                for (FoldMask taken : List.of(FoldMask.of(fold), FoldMask.without(fold))) {
                    check(engine, 1, range, taken, null, tolerance(precision));
                    check(engine, 1, range, taken, at, tolerance(precision));
                    check(reference, 1, range, taken, at, 1e-12);
                }
            }
        }
    }

    private static int foldOf(int row) {
        return row * 7 / 3 % FOLDS;
    }

    /** Errors are relative to the roots of both diagonal elements, whose product no sum of products exceeds. */
    private static void compare(double[][] expected, double[] found, double tolerance) {
        int n = expected.length;
        assertEquals(PackedTriangle.length(n), found.length);
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                double scale = Math.sqrt(expected[i][i] * expected[j][j]);
                assertEquals(expected[i][j], found[PackedTriangle.index(n, j, i)], tolerance * scale);
            }
        }
    }

    private static double[][] full(Shard shard, RowRange range, FoldMask taken, @Nullable Coefficients at) {
        int features = shard.features();
        double[][] sums = new double[features + 1][features + 1];
        for (BlockSlice slice : BlockSlice.cut(shard, range)) {
            Block block = slice.block();
            for (int row = slice.start(); row < slice.end(); row++) {
                double[] x = new double[features + 1];
                x[features] = 1;
                double margin = at == null ? 0 : at.intercept(0);
                for (int e = 0; e < block.entries(row); e++) {
                    x[block.entryFeature(row, e)] = block.entryValue(row, e);
                    margin += at == null ? 0 : at.coefficient(0, block.entryFeature(row, e)) * block.entryValue(row, e);
                }
                double p = 1 / (1 + Math.exp(-margin));
                int fold = foldOf(slice.blockIndex() * shard.blockRows() + row);
                boolean counts = taken.only() ? fold == taken.fold() : fold != taken.fold();
                double d = counts ? block.weights()[row] * (at == null ? 1 : p * (1 - p)) : 0;
                for (int i = 0; i <= features; i++) {
                    for (int j = 0; j <= features; j++) {
                        sums[i][j] += d * x[i] * x[j];
                    }
                }
            }
        }
        return sums;
    }

    private static GradientEngine cpu(List<Shard> shards, int features, Precision precision) {
        return new CpuEngine(new LogisticLoss(), features, precision, shards);
    }

    private static double tolerance(Precision precision) {
        return precision == Precision.FLOAT ? 2e-6 : 1e-12;
    }
}
