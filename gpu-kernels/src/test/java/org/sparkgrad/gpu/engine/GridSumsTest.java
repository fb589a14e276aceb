package org.sparkgrad.gpu.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.cpu.CpuEngine;
import org.sparkgrad.gpu.engine.cpu.ReferenceEngine;
import org.sparkgrad.gpu.engine.opencl.LimitedDevice;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;

/** Several models, each without a fold: the sums are those of each model alone, over shards whose rows of the fold have weight 0. */
class GridSumsTest {
    private static final int FOLDS = 3;

    private final Random random = new Random(11);

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyModelOnTheProcessor(Precision precision) {
        double tolerance = precision == Precision.FLOAT ? 2e-6 : 1e-12;
        for (int outputs : new int[] {1, 3}) {
            for (int features : new int[] {1, 28, 300}) {
                for (Loss loss : Samples.losses(outputs)) {
                    List<Shard> dense = folded(Samples.shards(features, outputs, precision, random, 4097, 0, 33));
                    List<Shard> sparse =
                            folded(SparseSamples.shards(features, outputs, precision, random, 4097, 0, 33));
                    for (boolean openBlas : new boolean[] {false, true}) {
                        agree(new CpuEngine(loss, features, precision, dense, openBlas), loss, tolerance);
                    }
                    agree(new CpuEngine(loss, features, precision, sparse), loss, tolerance);
                    agree(new ReferenceEngine(loss, features, dense), loss, 1e-13);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @RequiresOpenCl
    void everyModelOnADevice(Precision precision) {
        double tolerance = precision == Precision.FLOAT ? 2e-6 : 1e-12;
        for (int outputs : new int[] {1, 3}) {
            Loss loss = Samples.losses(outputs).get(0);
            List<Shard> dense = folded(Samples.shards(130, outputs, precision, random, 4097, 0, 33));
            List<Shard> sparse = folded(SparseSamples.shards(130, outputs, precision, random, 4097, 0, 33));
            for (List<Shard> shards : List.of(dense, sparse)) {
                GradientEngine engine =
                        GradientEngines.open(new EngineSpec(EngineKind.OPENCL, precision, 0), loss, 130, shards);
                agree(engine, loss, tolerance);
                assertEquals(EngineKind.OPENCL, engine.report().kind());
                assertTrue(engine.report().launches() > 0);
            }
        }
    }

    /** A model has the same bits together with others and alone, for all cuts into launches and segments. */
    @ParameterizedTest
    @CsvSource({"ITEM, 1", "ITEM, 3", "GROUP, 1", "GROUP, 3"})
    @RequiresOpenCl
    void everyModelHasTheBitsOfItsOwnSumOnADevice(String shape, int outputs) {
        Loss loss = Samples.losses(outputs).get(0);
        List<Shard> shards = folded(Samples.shards(70, outputs, Precision.FLOAT, random, 9000, 0, 17, 4100, 1, 7000));
        List<GridModel> models = models(11, outputs, 70);
        List<RowRange> ranges = Samples.middle(shards);
        for (long bytes : new long[] {1_700_000, 3_000_000, 1L << 30}) {
            try (GradientEngine engine = LimitedDevice.open(shape, 1 << 28, bytes, Precision.FLOAT, loss, 70, shards)) {
                List<GridSum> together = engine.sum(models, ranges);
                for (int m = models.size() - 1; m >= 0; m--) {
                    int model = m;
                    List<GradientSum> alone = engine.sum(models.subList(m, m + 1), ranges).stream()
                            .map(sums -> sums.model(0))
                            .toList();
                    Agreement.sameBits(
                            alone,
                            together.stream().map(sums -> sums.model(model)).toList());
                    if (models.get(m).leftOut() == GridModel.NONE) {
                        Agreement.sameBits(alone, engine.sum(models.get(m).coefficients(), ranges));
                    }
                }
            }
        }
    }

    /** A grid of one model without a fold has the bits of a plain sum. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void aSingleModelHasTheBitsOfItsOwnSum(Precision precision) {
        for (boolean isSparse : new boolean[] {false, true}) {
            List<Shard> shards = isSparse
                    ? SparseSamples.shards(130, 3, precision, random, 4097, 64)
                    : Samples.shards(130, 3, precision, random, 4097, 64);
            try (GradientEngine engine = new CpuEngine(Samples.losses(3).get(0), 130, precision, shards)) {
                var coefficients = Samples.coefficients(3, 130, random);
                List<GradientSum> alone = engine.sum(coefficients, Samples.all(shards));
                List<GridSum> grid =
                        engine.sum(List.of(new GridModel(coefficients, GridModel.NONE)), Samples.all(shards));
                Agreement.sameBits(
                        alone, grid.stream().map(models -> models.model(0)).toList());
            }
        }
    }

    /** A shard's sums depend neither on other shards nor on earlier requests. */
    @ParameterizedTest
    @EnumSource(names = {"REFERENCE", "CPU"})
    void theSameModelsHaveTheSameBits(EngineKind kind) {
        List<Shard> shards = folded(Samples.shards(130, 3, Precision.FLOAT, random, 5000, 17, 2048));
        Loss loss = Samples.losses(3).get(0);
        List<GridModel> models = models(7, 3, 130);
        EngineSpec spec = new EngineSpec(kind, Precision.FLOAT, 0);
        try (GradientEngine all = GradientEngines.open(spec, loss, 130, shards);
                GradientEngine last = GradientEngines.open(spec, loss, 130, shards.subList(2, 3))) {
            List<GridSum> sums = all.sum(models, Samples.all(shards));
            last.sum(models.subList(0, 2), Samples.all(last.shards()));
            Agreement.sameBits(
                    views(sums.get(2), 7),
                    views(last.sum(models, Samples.all(last.shards())).get(0), 7));
            for (int turn = 0; turn < 5; turn++) {
                all.sum(models.subList(turn, 6), Samples.middle(shards));
                Agreement.sameBits(
                        views(sums.get(0), 7),
                        views(all.sum(models, Samples.all(shards)).get(0), 7));
            }
        }
    }

    @Test
    void everyRowIsLeftOutOnce() {
        List<Shard> shards = folded(Samples.shards(5, 1, Precision.DOUBLE, random, 20_001));
        var coefficients = Samples.coefficients(1, 5, random);
        try (GradientEngine engine = new CpuEngine(new LogisticLoss(), 5, Precision.DOUBLE, shards)) {
            List<GridModel> models = IntStream.range(-1, FOLDS)
                    .mapToObj(fold -> new GridModel(coefficients, fold))
                    .toList();
            List<GradientSum> sums =
                    views(engine.sum(models, Samples.all(shards)).get(0), FOLDS + 1);
            GradientSum twice = GradientSum.zero(1, 5).add(sums.get(0)).add(sums.get(0));
            GradientSum together = GradientSum.zero(1, 5);
            sums.subList(1, FOLDS + 1).forEach(together::add);
            Agreement.nearly(twice, together, 1e-13);
        }
    }

    @Test
    void refusesWhatFitsNot() {
        List<Shard> shards = Samples.shards(4, 1, Precision.FLOAT, random, 20);
        try (GradientEngine engine = new CpuEngine(new LogisticLoss(), 4, Precision.FLOAT, shards)) {
            List<RowRange> all = Samples.all(shards);
            assertThrows(IllegalArgumentException.class, () -> engine.sum(List.of(), all));
            assertThrows(IllegalArgumentException.class, () -> engine.sum(models(3, 1, 5), all));
        }
        byte[] folds = new byte[19];
        assertThrows(
                IllegalArgumentException.class,
                () -> new Shard(0, 4, shards.get(0).blocks(), folds));
    }

    private void agree(GradientEngine engine, Loss loss, double tolerance) {
        try (engine) {
            List<Shard> shards = engine.shards();
            int features = shards.get(0).features();
            for (int count : new int[] {1, 2, 9, 27}) {
                List<GridModel> models = models(count, loss.outputs(), features);
                for (List<RowRange> ranges : List.of(Samples.all(shards), Samples.middle(shards))) {
                    List<GridSum> sums = engine.sum(models, ranges);
                    for (int m = 0; m < count; m++) {
                        int model = m;
                        List<GradientSum> ofModel =
                                sums.stream().map(all -> all.model(model)).toList();
                        Agreement.check(
                                ofModel,
                                loss,
                                models.get(m).coefficients(),
                                without(shards, models.get(m).leftOut()),
                                ranges,
                                tolerance);
                    }
                }
            }
        }
    }

    private static List<GradientSum> views(GridSum sum, int models) {
        return IntStream.range(0, models).mapToObj(sum::model).toList();
    }

    private List<GridModel> models(int count, int outputs, int features) {
        return IntStream.range(0, count)
                .mapToObj(m -> new GridModel(Samples.coefficients(outputs, features, random), m % (FOLDS + 1) - 1))
                .toList();
    }

    private List<Shard> folded(List<Shard> shards) {
        return shards.stream()
                .map(shard -> {
                    byte[] folds = new byte[shard.rows()];
                    for (int row = 0; row < folds.length; row++) {
                        folds[row] = (byte) random.nextInt(FOLDS);
                    }
                    return new Shard(shard.number(), shard.features(), shard.blocks(), folds);
                })
                .toList();
    }

    private static List<Shard> without(List<Shard> shards, int fold) {
        return shards.stream()
                .map(shard -> {
                    List<Block> blocks = new ArrayList<>();
                    for (int b = 0; b < shard.blocks().size(); b++) {
                        blocks.add(shard.blocks().get(b).weighted(shard.weights(b, fold)));
                    }
                    return new Shard(shard.number(), shard.features(), blocks);
                })
                .toList();
    }
}
