package org.sparkgrad.gpu.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceReservations;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.Agreement;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** Engines of one JVM on one device share one budget. */
@RequiresOpenCl
class SharedDeviceTest {
    private static final int FEATURES = 64;
    private static final Loss LOSS = new SoftmaxLoss(3);

    private final Random random = new Random(8);
    private final List<Shard> shards = Samples.shards(FEATURES, 3, Precision.FLOAT, random, 20_000, 300, 31_000);
    private final Coefficients coefficients = Samples.coefficients(3, FEATURES, random);
    private final List<RowRange> ranges = Samples.middle(shards);
    private long before;

    @BeforeEach
    void whatOtherTestsHave() {
        before = DeviceReservations.reserved(0);
        assertEquals(0, before, "another test left an engine open");
    }

    @AfterEach
    void allIsGivenBack() {
        assertEquals(before, DeviceReservations.reserved(0));
    }

    @Test
    void theSecondStreamsWhatTheFirstLeavesNoRoomFor() {
        long budget;
        List<GradientSum> expected;
        try (OpenClEngine alone = open(1L << 30)) {
            assertEquals(DeviceReservations.reserved(0), alone.memory().bytes());
            budget = 3 * alone.memory().bytes() / 2;
            expected = alone.sum(coefficients, ranges);
        }
        for (int time = 0; time < 5; time++) {
            try (OpenClEngine first = open(budget);
                    OpenClEngine second = open(budget)) {
                assertEquals(0, first.report().streamedBytes());
                assertTrue(second.report().streamedBytes() > 0);
                assertEquals(first.memory().bytes() + second.memory().bytes(), DeviceReservations.reserved(0));
                assertTrue(DeviceReservations.reserved(0) <= budget, DeviceReservations.reserved(0) + " of " + budget);
                Agreement.sameBits(expected, second.sum(coefficients, ranges));
                Agreement.sameBits(expected, first.sum(coefficients, ranges));
                Agreement.sameBits(expected, second.sum(coefficients, ranges));
            }
        }
    }

    /** An engine that streams leaves memory for a later one to stream, too. */
    @Test
    void neitherFits() {
        List<GradientSum> expected;
        long budget;
        try (OpenClEngine alone = open(1L << 30)) {
            budget = alone.memory().bytes() * 4 / 5;
            expected = alone.sum(coefficients, ranges);
        }
        try (OpenClEngine first = open(budget)) {
            assertTrue(first.report().streamedBytes() > 0);
            try (OpenClEngine second = open(budget)) {
                assertTrue(second.report().streamedBytes() > first.report().streamedBytes());
                assertTrue(DeviceReservations.reserved(0) <= budget, DeviceReservations.reserved(0) + " of " + budget);
                Agreement.sameBits(expected, second.sum(coefficients, ranges));
            }
            Agreement.sameBits(expected, first.sum(coefficients, ranges));
        }
    }

    @Test
    void whatIsLeftIsSaidWhereItIsTooLittle() {
        try (OpenClEngine first = open(1L << 30)) {
            long budget = first.memory().bytes() + 50_000;
            DeviceException refusal = assertThrows(DeviceException.class, () -> open(budget));
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.contains(first.memory().bytes() + " other engines have"), message);
            assertEquals(first.memory().bytes(), DeviceReservations.reserved(0));
        }
    }

    @Test
    void anEngineWithTheDevicesOwnLimitsCountsToo() {
        GpuDevice device = DeviceSelector.select(0);
        EngineSpec spec = new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, 0);
        try (GradientEngine elsewhere = GradientEngines.open(spec, LOSS, FEATURES, shards)) {
            long taken = DeviceReservations.reserved(0);
            assertTrue(taken > 0 && taken < EngineSpec.DEVICE_MEMORY_FRACTION * device.globalMemory());
            assertEquals(0, elsewhere.report().streamedBytes());
            try (OpenClEngine here = open(taken + 4_000_000)) {
                assertTrue(here.report().streamedBytes() > 0);
                Agreement.sameBits(elsewhere.sum(coefficients, ranges), here.sum(coefficients, ranges));
            }
        }
    }

    /** The tasks of an executor may share a device: each has an engine and a thread of its own. */
    @Test
    void enginesOfSeveralThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<GradientSum> expected;
            try (OpenClEngine alone = open(1L << 30)) {
                expected = alone.sum(coefficients, ranges);
            }
            List<Future<Integer>> turns = new ArrayList<>();
            for (long budget : new long[] {1L << 30, 1L << 30, 1L << 29}) {
                turns.add(threads.submit(() -> {
                    try (OpenClEngine engine = open(budget)) {
                        for (int turn = 0; turn < 20; turn++) {
                            Agreement.sameBits(expected, engine.sum(coefficients, ranges));
                            engine.sum(coefficients, Samples.all(shards));
                        }
                        return 20;
                    }
                }));
            }
            for (Future<Integer> turn : turns) {
                assertEquals(20, turn.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void softmaxBeyondLocalMemoryIsRefusedBeforeAnythingIsMoved() {
        List<Shard> few = Samples.shards(1, 3965, Precision.DOUBLE, random, 5);
        long usual = 48 << 10;
        assertTrue(DenseKernel.localBytes(KernelShape.GROUP, Precision.DOUBLE, 3964) <= usual);
        DeviceLimits limits = new DeviceLimits(KernelShape.GROUP, 1 << 28, usual, 1L << 30, 0, true);
        EngineSpec spec = new EngineSpec(EngineKind.OPENCL, Precision.DOUBLE, 0);
        DeviceException refusal = assertThrows(
                DeviceException.class, () -> new OpenClEngine(spec, new SoftmaxLoss(3965), 1, few, limits));
        assertTrue(String.valueOf(refusal.getMessage()).contains("3965 outputs in DOUBLE needs"), refusal::getMessage);
    }

    private OpenClEngine open(long bytes) {
        DeviceLimits limits = new DeviceLimits(KernelShape.ITEM, 1 << 28, bytes);
        return new OpenClEngine(new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, 0), LOSS, FEATURES, shards, limits);
    }
}
