package org.sparkgrad.gpu.engine;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.cpu.CpuEngine;
import org.sparkgrad.gpu.engine.opencl.OpenClEngine;
import org.sparkgrad.gpu.loss.Loss;

/** Every engine against the reference on awkward sizes. */
class EnginesAgreeTest {
    private static final double FLOAT_TOLERANCE = 2e-6;
    private static final double DOUBLE_TOLERANCE = 1e-12;
    private static final int[] ROWS = {0, 1, 2, 31, 32, 33, 257};

    /** Opens an engine over shards. */
    private interface Opener {
        GradientEngine open(Loss loss, int features, List<Shard> shards);
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "32", "33", "1000"})
    void cpuInFloat(int features) {
        check(
                features,
                Precision.FLOAT,
                FLOAT_TOLERANCE,
                (loss, f, shards) -> new CpuEngine(loss, f, Precision.FLOAT, shards));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "32", "33", "1000"})
    void cpuInDouble(int features) {
        check(
                features,
                Precision.DOUBLE,
                DOUBLE_TOLERANCE,
                (loss, f, shards) -> new CpuEngine(loss, f, Precision.DOUBLE, shards));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "32", "33", "1000"})
    void cpuInPlainJava(int features) {
        check(
                features,
                Precision.FLOAT,
                FLOAT_TOLERANCE,
                (loss, f, shards) -> new CpuEngine(loss, f, Precision.FLOAT, shards, false));
        check(
                features,
                Precision.DOUBLE,
                DOUBLE_TOLERANCE,
                (loss, f, shards) -> new CpuEngine(loss, f, Precision.DOUBLE, shards, false));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "32", "33", "1000"})
    @RequiresOpenCl
    void openCl(int features) {
        check(features, Precision.FLOAT, FLOAT_TOLERANCE, EnginesAgreeTest::openCl);
    }

    @ParameterizedTest
    @CsvSource({"1,9000", "3,5000", "1000,700"})
    void shardsOfSeveralBlocks(int features, int rows) {
        Random random = new Random(rows);
        List<Shard> shards = Samples.shards(features, 2, Precision.FLOAT, random, rows);
        for (Loss loss : Samples.losses(2)) {
            try (GradientEngine engine = new CpuEngine(loss, features, Precision.FLOAT, shards)) {
                checkRanges(engine, loss, Samples.coefficients(2, features, random), FLOAT_TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,9000", "3,5000", "1000,700"})
    @RequiresOpenCl
    void openClShardsOfSeveralBlocks(int features, int rows) {
        Random random = new Random(rows);
        List<Shard> shards = Samples.shards(features, 2, Precision.FLOAT, random, rows);
        for (Loss loss : Samples.losses(2)) {
            try (GradientEngine engine = openCl(loss, features, shards)) {
                checkRanges(engine, loss, Samples.coefficients(2, features, random), FLOAT_TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "33", "1000"})
    void cpuInFloatSparse(int features) {
        checkSparse(
                features,
                Precision.FLOAT,
                FLOAT_TOLERANCE,
                (loss, f, shards) -> new CpuEngine(loss, f, Precision.FLOAT, shards));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "33", "1000"})
    void cpuInDoubleSparse(int features) {
        checkSparse(
                features,
                Precision.DOUBLE,
                DOUBLE_TOLERANCE,
                (loss, f, shards) -> new CpuEngine(loss, f, Precision.DOUBLE, shards));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "33", "1000"})
    @RequiresOpenCl
    void openClSparse(int features) {
        checkSparse(features, Precision.FLOAT, FLOAT_TOLERANCE, EnginesAgreeTest::openCl);
    }

    private static GradientEngine openCl(Loss loss, int features, List<Shard> shards) {
        return new OpenClEngine(new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, 0), loss, features, shards);
    }

    private static void check(int features, Precision precision, double tolerance, Opener opener) {
        check(
                features,
                tolerance,
                opener,
                (outputs, random) -> Samples.shards(features, outputs, precision, random, ROWS));
    }

    private static void checkSparse(int features, Precision precision, double tolerance, Opener opener) {
        check(
                features,
                tolerance,
                opener,
                (outputs, random) -> SparseSamples.shards(features, outputs, precision, random, ROWS));
    }

    private static void check(
            int features, double tolerance, Opener opener, BiFunction<Integer, Random, List<Shard>> data) {
        for (int outputs : new int[] {1, 2, 3, 10}) {
            Random random = new Random(features * 31L + outputs);
            List<Shard> shards = data.apply(outputs, random);
            Coefficients coefficients = Samples.coefficients(outputs, features, random);
            for (Loss loss : Samples.losses(outputs)) {
                try (GradientEngine engine = opener.open(loss, features, shards)) {
                    checkRanges(engine, loss, coefficients, tolerance);
                }
            }
        }
    }

    private static void checkRanges(GradientEngine engine, Loss loss, Coefficients coefficients, double tolerance) {
        List<Shard> shards = engine.shards();
        for (List<RowRange> ranges :
                List.of(Samples.all(shards), Samples.none(shards), Samples.middle(shards), Samples.all(shards))) {
            Agreement.check(engine, loss, coefficients, ranges, tolerance);
        }
    }
}
