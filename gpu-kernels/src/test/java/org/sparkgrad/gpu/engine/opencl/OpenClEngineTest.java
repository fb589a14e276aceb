package org.sparkgrad.gpu.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.Kernel;
import com.aparapi.device.Device;
import com.aparapi.device.JavaDevice;
import com.aparapi.internal.kernel.KernelManager;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.AparapiSession;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.GpuDevices;
import org.sparkgrad.gpu.device.KernelSession;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.Agreement;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.OpenClRuntime;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

@RequiresOpenCl
class OpenClEngineTest {
    private static final Loss LOSS = new LogisticLoss();

    private final Random random = new Random(2);
    private final List<Shard> shards = Samples.shards(20, 1, Precision.FLOAT, random, 100, 50);
    private final Coefficients coefficients = Samples.coefficients(1, 20, random);

    @Test
    void reportsTheDeviceAndItsLaunches() {
        try (GradientEngine engine = open(LOSS, 20, 0, shards)) {
            long opening = engine.report().launches();
            engine.sum(coefficients, Samples.all(shards));
            engine.sum(coefficients, Samples.middle(shards));
            assertEquals(opening + 2, engine.report().launches());
            assertEquals(DeviceSelector.select(0).name(), engine.report().device());
            assertEquals(EngineKind.OPENCL, engine.report().kind());
        }
    }

    @Test
    void neverFallsBack() {
        EngineSpec byAparapi = new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, 0, 0.5, OpenClRuntime.APARAPI);
        try (GradientEngine engine = new OpenClEngine(byAparapi, LOSS, 20, shards)) {
            engine.sum(coefficients, Samples.all(shards));
            // Aparapi does this when a device has failed: it moves the kernel class to the next device.
            KernelManager.instance()
                    .setPreferredDevices(anotherKernel(), new LinkedHashSet<Device>(List.of(JavaDevice.THREAD_POOL)));
            DeviceException failure =
                    assertThrows(DeviceException.class, () -> engine.sum(coefficients, Samples.all(shards)));
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains("device 0"), message);
            assertTrue(message.contains("segment 0 of 1, 150 rows x 20 features"), message);
            new OpenClEngine(byAparapi, LOSS, 20, shards).close();
        }
    }

    @Test
    void refusesWhatItCannotHold() {
        List<Shard> doubles = Samples.shards(20, 1, Precision.DOUBLE, random, 10);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> open(LOSS, 20, 0, doubles));
        assertTrue(String.valueOf(refusal.getMessage()).contains("DOUBLE"));
        assertThrows(IllegalArgumentException.class, () -> open(LOSS, 21, 0, shards));
        int beyond = GpuDevices.list().size();
        assertThrows(DeviceException.class, () -> open(LOSS, 20, beyond, shards));
    }

    @Test
    void refusesWhatDoesNotFit() {
        try (GradientEngine engine = open(LOSS, 20, 0, shards)) {
            List<RowRange> beyond = List.of(new RowRange(90, 101), new RowRange(0, 0));
            assertThrows(IllegalArgumentException.class, () -> engine.sum(coefficients, beyond));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> engine.sum(coefficients, Samples.all(shards).subList(0, 1)));
            assertThrows(
                    IllegalArgumentException.class, () -> engine.sum(Coefficients.zeros(2, 20), Samples.all(shards)));
        }
    }

    @Test
    void isClosedOnce() {
        GradientEngine engine = open(LOSS, 20, 0, shards);
        engine.close();
        engine.close();
        assertThrows(IllegalStateException.class, () -> engine.sum(coefficients, List.of()));
    }

    @Test
    void badNumbersShow() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            List<Shard> poisoned = Samples.shards(20, 3, Precision.FLOAT, new Random(1), 40);
            ((DenseBlock) poisoned.get(0).blocks().get(0)).floats()[45] = bad;
            try (GradientEngine engine = open(new SoftmaxLoss(3), 20, 0, poisoned)) {
                var sum = engine.sum(Samples.coefficients(3, 20, random), Samples.all(poisoned))
                        .get(0);
                assertFalse(Arrays.stream(sum.gradientSum()).allMatch(Double::isFinite));
                assertFalse(Double.isFinite(sum.lossSum()));
            }
        }
    }

    @Test
    void farMarginsStayFinite() {
        Coefficients far = new Coefficients(3, 20, new double[63]);
        far.values()[20] = 1e4;
        far.values()[41] = -1e4;
        List<Shard> three = Samples.shards(20, 3, Precision.FLOAT, random, 100);
        try (GradientEngine engine = open(new SoftmaxLoss(3), 20, 0, three)) {
            Agreement.check(engine, new SoftmaxLoss(3), far, Samples.all(three), 2e-6);
        }
        Coefficients one = Coefficients.zeros(1, 20);
        for (double intercept : new double[] {-1e4, 1e4}) {
            one.values()[20] = intercept;
            for (Loss loss : Samples.losses(1)) {
                try (GradientEngine engine = open(loss, 20, 0, shards)) {
                    Agreement.check(engine, loss, one, Samples.all(shards), 2e-6);
                }
            }
        }
    }

    @Test
    void holdsNoShardsAtAll() {
        try (GradientEngine engine = open(LOSS, 20, 0, List.of())) {
            assertTrue(engine.sum(coefficients, List.of()).isEmpty());
        }
    }

    /** Returns a kernel of the class that computes the engine's sums. */
    private static Kernel anotherKernel() {
        KernelSession session = new AparapiSession(DeviceSelector.handle(DeviceSelector.select(0)), "none");
        DenseArrays arrays = DenseArrays.of(session, Precision.FLOAT, 1, 1);
        GpuDevice device = DeviceSelector.select(0);
        KernelShape shape = KernelShape.of(device.type());
        return new DenseKernel(shape, device.fp64(), Precision.FLOAT, 0, 1, 1, arrays).kernel();
    }

    private static GradientEngine open(Loss loss, int features, int address, List<Shard> shards) {
        return new OpenClEngine(new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, address), loss, features, shards);
    }
}
