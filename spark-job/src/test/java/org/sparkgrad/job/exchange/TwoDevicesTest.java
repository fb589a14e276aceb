package org.sparkgrad.job.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.device.GpuDevices;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.Shards;

/** One local-mode run on two OpenCL devices; PoCL shows two where POCL_DEVICES says "pthread pthread". */
class TwoDevicesTest {
    private static final int FEATURES = 40;
    private static final int CLASSES = 10;
    private static final int STEPS = 300;

    @BeforeEach
    void needsTwoDevices() {
        int devices = GpuDevices.list().size();
        assertFalse(devices < 2 && "1".equals(System.getenv("SPARKGRAD_REQUIRE_OPENCL")), devices + " OpenCL devices");
        assumeTrue(devices >= 2, devices + " OpenCL devices, two are needed");
    }

    @Test
    void bothAreUsedAtTheSameTimeWithTheSameBits() throws InterruptedException {
        GradientSum expected;
        try (Exchange one = open(List.of(0))) {
            expected = one.sum(coefficients(), BatchSlot.ALL);
        }
        AtomicBoolean together = new AtomicBoolean();
        Thread watch = watch(together);
        try (Exchange two = open(List.of(0, 1))) {
            watch.start();
            for (int step = 0; step < STEPS && (step < 3 || watch.isAlive()); step++) {
                GradientSum sum = two.sum(coefficients(), BatchSlot.ALL);
                assertArrayEquals(expected.gradientSum(), sum.gradientSum());
                assertEquals(expected.lossSum(), sum.lossSum());
            }
            List<WorkerReport> workers = two.workers();
            assertEquals(
                    List.of(0, 1), workers.stream().map(WorkerReport::address).toList());
            for (WorkerReport worker : workers) {
                assertTrue(worker.engine().launches() > 3, worker::toString);
            }
        } finally {
            watch.interrupt();
            watch.join();
        }
        assertTrue(together.get(), "no two kernels were ever seen running at once");
    }

    /** A thread that ends when it saw two threads wait for their devices at one moment. */
    private static Thread watch(AtomicBoolean together) {
        return new Thread(() -> {
            while (!together.get() && !Thread.currentThread().isInterrupted()) {
                together.set(running() > 1);
            }
        });
    }

    private static long running() {
        Map<Thread, StackTraceElement[]> threads = Thread.getAllStackTraces();
        return threads.values().stream()
                .filter(trace -> trace.length > 1 && trace[1].getMethodName().equals("nclEnqueueReadBuffer"))
                .count();
    }

    private static Exchange open(List<Integer> devices) {
        JavaSparkContext spark = TestSpark.context("local[2]");
        Shards shards =
                TestData.shards(spark.parallelize(TestData.instances(30_000, FEATURES, CLASSES, 4), 3), FEATURES, 8, 1);
        FeatureScale scale = FeatureScale.of(shards.statistics(CLASSES), FEATURES, true, true);
        EngineChoice choice = new EngineChoice(EngineKind.OPENCL, Precision.FLOAT, "test", devices);
        return new JobExchange(
                spark,
                WorkerPlan.of(shards.blocks(scale, Precision.FLOAT), choice, new SoftmaxLoss(CLASSES), shards.count()));
    }

    private static Coefficients coefficients() {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = random.doubles((long) CLASSES * (FEATURES + 1), -1, 1).toArray();
        return new Coefficients(CLASSES, FEATURES, values);
    }
}
