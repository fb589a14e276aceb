package org.sparkgrad.gpu.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** Engines that are opened, used and closed leave no memory, files or threads. */
@EnabledOnOs(OS.LINUX)
class LeakTest {
    private static final long MIB = 1 << 20;

    /** The resources that this process uses. */
    private record Footprint(long heap, long resident, long handles, int threads) {
        static Footprint now() throws IOException, InterruptedException {
            for (int i = 0; i < 3; i++) {
                System.gc();
                Thread.sleep(50);
            }
            Runtime runtime = Runtime.getRuntime();
            long heap = runtime.totalMemory() - runtime.freeMemory();
            long resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
            try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"));
                    Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
                return new Footprint(heap, resident, handles.count(), (int) threads.count());
            }
        }
    }

    @Test
    void cpuEngine() throws Exception {
        cycle(EngineKind.CPU, 2000);
        Footprint before = Footprint.now();
        cycle(EngineKind.CPU, 10_000);
        check(before, 32 * MIB);
    }

    /** Each dense one of 200 engines uses 4 MiB on its device, so a leak would be visible. */
    @Test
    @RequiresOpenCl
    void openClEngine() throws Exception {
        cycle(EngineKind.OPENCL, 40);
        Footprint before = Footprint.now();
        cycle(EngineKind.OPENCL, 200);
        check(before, 100 * MIB);
    }

    private static void cycle(EngineKind kind, int times) {
        boolean onDevice = kind == EngineKind.OPENCL;
        int features = onDevice ? 512 : 16;
        Random random = new Random(times);
        List<Shard> dense = Samples.shards(features, 3, Precision.FLOAT, random, onDevice ? 2048 : 50);
        List<Shard> sparse = SparseSamples.shards(features, 3, Precision.FLOAT, random, onDevice ? 2048 : 50);
        Coefficients coefficients = Samples.coefficients(3, features, random);
        for (int time = 0; time < times; time++) {
            List<Shard> shards = time % 2 == 0 ? dense : sparse;
            try (GradientEngine engine = GradientEngines.open(
                    new EngineSpec(kind, Precision.FLOAT, 0), new SoftmaxLoss(3), features, shards)) {
                engine.sum(coefficients, Samples.middle(shards));
            }
        }
    }

    private static void check(Footprint before, long residentGrowth) throws Exception {
        Footprint after = Footprint.now();
        String change = before + " -> " + after;
        assertTrue(Math.abs(after.handles() - before.handles()) <= 2, change);
        assertTrue(Math.abs(after.threads() - before.threads()) <= 4, change);
        assertTrue(after.heap() - before.heap() < 16 * MIB, change);
        assertTrue(after.resident() - before.resident() < residentGrowth, change);
    }
}
