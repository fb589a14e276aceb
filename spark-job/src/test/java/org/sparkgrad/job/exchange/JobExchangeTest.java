package org.sparkgrad.job.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.pass.GramPass;
import org.sparkgrad.job.exchange.worker.WorkerCache;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.Shards;

class JobExchangeTest {
    private static final int FEATURES = 9;
    private static final int CLASSES = 3;
    private static final int SHARDS = 8;
    private static final EngineChoice CPU = new EngineChoice(EngineKind.CPU, Precision.FLOAT, "test", List.of());

    private static Coefficients coefficients() {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = random.doubles((long) CLASSES * (FEATURES + 1), -1, 1).toArray();
        return new Coefficients(CLASSES, FEATURES, values);
    }

    private static Exchange open(String master) {
        return open(master, CPU, false, SHARDS);
    }

    private static Exchange open(String master, EngineChoice choice, boolean sparse, int resident) {
        JavaSparkContext spark = TestSpark.context(master);
        var instances = spark.parallelize(TestData.instances(3000, FEATURES, CLASSES, 4), 3);
        Shards shards = TestData.shards(instances, FEATURES, SHARDS, 1);
        FeatureScale scale = FeatureScale.of(shards.statistics(CLASSES), FEATURES, true, true, sparse);
        var blocks = shards.blocks(scale, Precision.FLOAT, resident >= SHARDS);
        return new JobExchange(spark, WorkerPlan.of(blocks, choice, new SoftmaxLoss(CLASSES), resident));
    }

    @ParameterizedTest
    @CsvSource({
        "CPU,false,0",
        "CPU,false,1",
        "CPU,false,3",
        "CPU,true,2",
        "REFERENCE,true,0",
        "OPENCL,false,0",
        "OPENCL,true,3"
    })
    void shardsThatAreStreamedGiveTheSameBits(EngineKind kind, boolean sparse, int resident) {
        RealData.assumeEngine(kind.name().toLowerCase(Locale.ROOT));
        EngineChoice choice = new EngineChoice(kind, Precision.FLOAT, "test", List.of());
        double[] expected;
        double[] expectedBatch;
        try (Exchange held = open("local[2]", choice, sparse, SHARDS)) {
            expected = held.sum(coefficients(), BatchSlot.ALL).gradientSum();
            expectedBatch = held.sum(coefficients(), new BatchSlot(3, 10)).gradientSum();
        }
        try (Exchange streaming = open("local[2]", choice, sparse, resident)) {
            assertArrayEquals(
                    expected, streaming.sum(coefficients(), BatchSlot.ALL).gradientSum());
            assertArrayEquals(
                    expectedBatch,
                    streaming.sum(coefficients(), new BatchSlot(3, 10)).gradientSum());
            assertArrayEquals(
                    expected, streaming.sum(coefficients(), BatchSlot.ALL).gradientSum());
            assertTrue(streaming.workers().get(0).engine().launches() >= 3L * (SHARDS - 2 * resident));
        }
        assertEquals(0, WorkerCache.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[2]", "local[3]", "local[8]", "local[16]"})
    void anyNumberOfWorkersGivesTheSameBits(String master) {
        double[] expected;
        double[] expectedBatch;
        try (Exchange one = open("local[1]")) {
            expected = one.sum(coefficients(), BatchSlot.ALL).gradientSum();
            expectedBatch = one.sum(coefficients(), new BatchSlot(3, 10)).gradientSum();
        }
        try (Exchange many = open(master)) {
            assertArrayEquals(expected, many.sum(coefficients(), BatchSlot.ALL).gradientSum());
            assertArrayEquals(
                    expectedBatch,
                    many.sum(coefficients(), new BatchSlot(3, 10)).gradientSum());
            assertArrayEquals(expected, many.sum(coefficients(), BatchSlot.ALL).gradientSum());
        }
    }

    @ParameterizedTest
    @CsvSource({"local[3],false,8", "local[8],false,1", "local[2],true,8", "local[3],true,2"})
    void gramMatricesAreTheSameToTheBit(String master, boolean sparse, int resident) {
        Coefficients at = new Coefficients(
                1, FEATURES, java.util.Arrays.copyOf(coefficients().values(), FEATURES + 1));
        List<GramPass> passes = List.of(
                new GramPass(FEATURES, BatchSlot.ALL, FoldMask.ALL, null),
                new GramPass(FEATURES, new BatchSlot(0, 7), FoldMask.without(1), null),
                new GramPass(FEATURES, BatchSlot.ALL, FoldMask.of(0), at));
        List<double[]> expected;
        try (Exchange one = open("local[1]", CPU, sparse, SHARDS)) {
            expected = passes.stream().map(one::sum).toList();
        }
        try (Exchange many = open(master, CPU, sparse, resident)) {
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), many.sum(passes.get(i)));
                assertEquals(passes.get(i).length(), expected.get(i).length);
            }
        }
    }

    @Test
    void theBatchesOfAnEpochAddUpToTheWhole() {
        try (Exchange exchange = open("local[2]")) {
            GradientSum whole = exchange.sum(coefficients(), BatchSlot.ALL);
            GradientSum parts = GradientSum.zero(CLASSES, FEATURES);
            for (int t = 0; t < 7; t++) {
                parts.add(exchange.sum(coefficients(), new BatchSlot(t, 7)));
            }
            assertEquals(whole.weightSum(), parts.weightSum(), 1e-9);
            assertEquals(whole.lossSum(), parts.lossSum(), 1e-4 * whole.lossSum());
        }
    }

    @Test
    void workersAreReportedByExecutor() {
        try (Exchange exchange = open("local[2]")) {
            exchange.sum(coefficients(), BatchSlot.ALL);
            exchange.sum(coefficients(), BatchSlot.ALL);
            List<WorkerReport> workers = exchange.workers();
            assertEquals(1, workers.size());
            assertEquals("driver", workers.get(0).executor());
            assertEquals(EngineKind.CPU, workers.get(0).engine().kind());
            assertEquals(4, workers.get(0).engine().launches());
        }
    }

    @Test
    void closingFreesTheEngines() {
        Exchange exchange = open("local[2]");
        exchange.sum(coefficients(), BatchSlot.ALL);
        assertEquals(2, WorkerCache.size());
        exchange.close();
        assertEquals(0, WorkerCache.size());
    }
}
