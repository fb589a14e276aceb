package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/**
 * Opens engines on OpenCL device 0 and sums, while other threads compute and the garbage collector stops all threads again
 * and again, by signals. At the end it divides by zero, which the JVM detects by a signal, too.
 */
public final class BusyProbe {
    private static final int FEATURES = 64;
    private static final int THREADS = 2;
    private static final long PAUSE_NANOS = 10_000_000;

    private BusyProbe() {}

    /** Takes no arguments; prints the exception of the division by zero. */
    public static void main(String[] arguments) {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            for (int t = 0; t < THREADS; t++) {
                threads.execute(() -> compute(done));
            }
            threads.execute(() -> {
                while (!done.get()) {
                    System.gc();
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            });
            for (Loss loss : List.of(new LogisticLoss(), new SoftmaxLoss(3))) {
                sum(loss);
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
        try {
            System.out.println("1 / 0 = " + 1 / arguments.length);
        } catch (ArithmeticException asItShould) {
            System.out.println(asItShould.getMessage());
        }
    }

    private static void sum(Loss loss) {
        Random random = new Random(1);
        List<Shard> shards = Samples.shards(FEATURES, loss.outputs(), Precision.FLOAT, random, 10_000);
        Coefficients coefficients = Samples.coefficients(loss.outputs(), FEATURES, random);
        EngineSpec spec = new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, 0);
        try (GradientEngine engine = GradientEngines.open(spec, loss, FEATURES, shards)) {
            for (int step = 0; step < 5; step++) {
                engine.sum(coefficients, Samples.middle(shards));
                engine.sum(coefficients, Samples.all(shards));
            }
        }
    }

    private static void compute(AtomicBoolean done) {
        int[] numbers = new int[1 << 10];
        while (!done.get()) {
            for (int i = 1; i < numbers.length; i++) {
                numbers[i] += 31 * numbers[i - 1] + i;
            }
        }
    }
}
