package org.sparkgrad.gpu.engine.cpu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.engine.Agreement;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.loss.Loss;

/** OpenBLAS gives the same bits for all addresses of data and buffers, while other threads use it, too. */
class OpenBlasBitsTest {
    private static final int TIMES = 20;

    @BeforeAll
    static void isThere() {
        assumeTrue(OpenBlas.description().isPresent(), "OpenBLAS cannot be loaded here");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "28,1", "1000,1", "3,2", "28,10", "100,10", "784,10", "300,40", "1000,100"})
    void twentyTimes(int features, int outputs) throws Exception {
        check(features, outputs, Precision.FLOAT);
        check(features, outputs, Precision.DOUBLE);
    }

    private static void check(int features, int outputs, Precision precision) throws Exception {
        Random random = new Random(features);
        int rows = Math.min(1500, 2_000_000 / features / outputs + 37);
        Shard shard = Samples.shard(0, rows, features, outputs, precision, random);
        Loss loss = Samples.losses(outputs).get(0);
        Coefficients coefficients = Samples.coefficients(outputs, features, random);
        List<GradientSum> expected = sums(shard, loss, coefficients, precision);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<List<GradientSum>>> tasks = new ArrayList<>();
            for (int time = 0; time < TIMES; time++) {
                int distance = 8 * time + 4;
                tasks.add(() -> {
                    byte[] between = new byte[distance];
                    List<GradientSum> sums = sums(copy(shard), loss, coefficients, precision);
                    return between.length == distance ? sums : List.of();
                });
            }
            for (Future<List<GradientSum>> sums : threads.invokeAll(tasks)) {
                Agreement.sameBits(expected, sums.get());
            }
        } finally {
            threads.shutdown();
        }
        // As ND4J does when it starts.
        openblas_nolapack.blas_set_num_threads(4);
        Agreement.sameBits(expected, sums(shard, loss, coefficients, precision));
    }

    /** Returns the sums over all rows and over some. */
    private static List<GradientSum> sums(Shard shard, Loss loss, Coefficients coefficients, Precision precision) {
        List<GradientSum> sums = new ArrayList<>();
        try (GradientEngine engine = new CpuEngine(loss, coefficients.features(), precision, List.of(shard), true)) {
            for (RowRange range : List.of(RowRange.all(shard), new RowRange(3, shard.rows() - 5))) {
                sums.addAll(engine.sum(coefficients, List.of(range)));
            }
        }
        return sums;
    }

    private static Shard copy(Shard shard) {
        List<Block> blocks = new ArrayList<>();
        for (Block each : shard.blocks()) {
            DenseBlock block = (DenseBlock) each;
            blocks.add(
                    block.precision() == Precision.DOUBLE
                            ? DenseBlock.ofDoubles(
                                    block.features(), block.doubles().clone(), block.labels(), block.weights())
                            : DenseBlock.ofFloats(
                                    block.features(), block.floats().clone(), block.labels(), block.weights()));
        }
        return new Shard(shard.number(), shard.features(), blocks);
    }
}
