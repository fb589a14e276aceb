package org.sparkgrad.gpu.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.Agreement;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** Devices of one JVM, each with its own context and queue. */
@RequiresOpenCl
class SeveralDevicesTest {
    private static final int FEATURES = 200;
    private static final Loss LOSS = new SoftmaxLoss(10);

    private final Random random = new Random(4);
    private final List<Shard> shards = Samples.shards(FEATURES, 10, Precision.FLOAT, random, 9000, 8000);
    private final Coefficients coefficients = Samples.coefficients(10, FEATURES, random);

    /** A thread that runs a kernel holds no lock for which the other would wait. */
    @Test
    @RequiresOpenCl(devices = 2)
    void runAtTheSameTimeWithTheSameBits() throws Exception {
        List<GradientSum> alone;
        try (GradientEngine one = open(0, shards)) {
            alone = one.sum(coefficients, Samples.all(shards));
        }
        AtomicBoolean seen = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<List<GradientSum>>> sums = new ArrayList<>();
            for (int address = 0; address < 2; address++) {
                sums.add(threads.submit(worker(address, seen)));
            }
            while (RunningKernels.now() < 2 && sums.stream().noneMatch(Future::isDone)) {
                Thread.onSpinWait();
            }
            boolean together = sums.stream().noneMatch(Future::isDone);
            seen.set(true);
            List<GradientSum> joined = new ArrayList<>(sums.get(0).get(1, TimeUnit.MINUTES));
            joined.addAll(sums.get(1).get(1, TimeUnit.MINUTES));
            assertTrue(together, "no two kernels were ever seen running at once");
            Agreement.sameBits(alone, joined);
        } finally {
            seen.set(true);
            threads.shutdown();
        }
    }

    private Callable<List<GradientSum>> worker(int address, AtomicBoolean stop) {
        return () -> {
            List<Shard> own = shards.subList(address, address + 1);
            try (GradientEngine engine = open(address, own)) {
                List<GradientSum> sums = engine.sum(coefficients, Samples.all(own));
                for (int step = 0; step < 2000 && !stop.get(); step++) {
                    Agreement.sameBits(sums, engine.sum(coefficients, Samples.all(own)));
                }
                return sums;
            }
        };
    }

    private static GradientEngine open(int address, List<Shard> some) {
        return GradientEngines.open(new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, address), LOSS, FEATURES, some);
    }
}
