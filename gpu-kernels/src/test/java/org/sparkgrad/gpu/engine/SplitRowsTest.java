package org.sparkgrad.gpu.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceReservations;
import org.sparkgrad.gpu.device.GpuDevices;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.cpu.CpuEngine;
import org.sparkgrad.gpu.engine.opencl.LimitedDevice;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Shards have the same bits for twenty splits over engines, segments and devices of one kind. The data cause large rounding
 * errors.
 */
class SplitRowsTest {
    private static final int FEATURES = 29;
    private static final int TIMES = 20;

    private final Random random = new Random(14);

    /** Opens an engine over some of the shards, for a time from 0 on. */
    private interface Opener {
        GradientEngine open(Loss loss, List<Shard> some, int time);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 1", "FLOAT, 10", "DOUBLE, 1", "DOUBLE, 10"})
    void tasksOnTheProcessor(Precision precision, int outputs) {
        for (boolean openBlas : new boolean[] {true, false}) {
            Opener opener = (loss, some, time) -> new CpuEngine(loss, FEATURES, precision, some, openBlas);
            check(opener, dense(precision, outputs), outputs);
            check(opener, sparse(precision, outputs), outputs);
        }
    }

    @ParameterizedTest
    @CsvSource({"ITEM, FLOAT, 1", "ITEM, FLOAT, 10", "GROUP, FLOAT, 3", "ITEM, DOUBLE, 3"})
    @RequiresOpenCl
    void segmentsOfADevice(String shape, Precision precision, int outputs) {
        Opener opener = (loss, some, time) -> {
            long budget = DeviceReservations.reserved(0) + 2_800_000L + 300_000L * time;
            return LimitedDevice.open(shape, 1 << 28, budget, precision, loss, FEATURES, some);
        };
        check(opener, dense(precision, outputs), outputs);
        check(opener, sparse(precision, outputs), outputs);
    }

    /** Engines alternate between two devices, if these are of one kind. */
    @ParameterizedTest
    @CsvSource({"1", "10"})
    @RequiresOpenCl(devices = 2)
    void devices(int outputs) {
        boolean alike =
                GpuDevices.list().get(0).name().equals(GpuDevices.list().get(1).name());
        int[] opened = {0};
        Opener opener = (loss, some, time) -> GradientEngines.open(
                new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, alike ? opened[0]++ % 2 : 0), loss, FEATURES, some);
        check(opener, dense(Precision.FLOAT, outputs), outputs);
        check(opener, sparse(Precision.FLOAT, outputs), outputs);
        assertTrue(opened[0] > TIMES || !alike);
    }

    private void check(Opener opener, List<Shard> shards, int outputs) {
        Coefficients usual = Samples.coefficients(outputs, FEATURES, random);
        Coefficients saturating =
                HardSamples.saturating(outputs, shards.get(0).blocks().get(0));
        Loss loss = Samples.losses(outputs).get(0);
        List<RowRange> ranges = Samples.middle(shards);
        for (Coefficients coefficients : List.of(usual, saturating)) {
            List<GradientSum> expected;
            try (GradientEngine whole = opener.open(loss, shards, TIMES)) {
                expected = whole.sum(coefficients, ranges);
            }
            for (int time = 0; time < TIMES; time++) {
                List<GradientSum> joined = new ArrayList<>();
                int cut = time % (shards.size() + 1);
                for (int[] part : new int[][] {{0, cut}, {cut, shards.size()}}) {
                    try (GradientEngine engine = opener.open(loss, shards.subList(part[0], part[1]), time)) {
                        joined.addAll(engine.sum(coefficients, ranges.subList(part[0], part[1])));
                    }
                }
                Agreement.sameBits(expected, joined);
            }
        }
    }

    private List<Shard> dense(Precision precision, int outputs) {
        return List.of(
                HardSamples.standardised(6000, FEATURES, outputs, precision, random),
                Samples.shard(1, 33, FEATURES, outputs, precision, random),
                HardSamples.standardised(9000, FEATURES, outputs, precision, random));
    }

    private List<Shard> sparse(Precision precision, int outputs) {
        return SparseSamples.shards(FEATURES, outputs, precision, random, 6000, 33, 9000);
    }
}
