package org.sparkgrad.gpu.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.BenchmarkEngines;
import org.sparkgrad.gpu.engine.GradientEngine;

/**
 * Computes steps on OpenCL device 0 under the driver of scripts/fake-gpu.c, which appends its calls to the file that
 * FAKE_GPU_TRACE names. This program appends the limits of the steps to the same file: {@code case NAME} before the first
 * step that counts, {@code step NANOSECONDS}, of the calling thread's processor time, behind each.
 */
public final class StepTrace {
    private static final int SHARDS = 16;
    private static final int WARMUP = 40;
    /** Steps of the first case before those that count: until then the just-in-time compilers are at work. */
    private static final int FIRST_WARMUP = 2000;

    private static final int STEPS = 20;
    private static final int FIRST_STEPS = 200;

    private StepTrace() {}

    /**
     * Takes cases: a {@link BenchmarkCase}, and after a colon the rows of a mini-batch. The first should be small: Java's
     * compilers are at work during its warm-up.
     */
    public static void main(String[] arguments) throws IOException {
        Path trace = Path.of(System.getenv("FAKE_GPU_TRACE"));
        int warmup = FIRST_WARMUP;
        int count = FIRST_STEPS;
        for (String argument : arguments) {
            String[] parts = argument.split(":", -1);
            BenchmarkCase data = BenchmarkCase.parse(parts[0]);
            int slots = parts.length == 1 ? 1 : data.rows() / Integer.parseInt(parts[1]);
            List<Shard> shards = data.shards(SHARDS);
            try (GradientEngine engine = BenchmarkEngines.open("opencl", data.loss(), data.features(), shards)) {
                steps(engine, data.coefficients(), slots, warmup, count, argument, trace);
                System.err.printf(
                        "%s: %d steps on %s%n", argument, count, engine.report().device());
            }
            warmup = WARMUP;
            count = STEPS;
        }
    }

    private static void steps(
            GradientEngine engine, Coefficients coefficients, int slots, int warmup, int count, String name, Path trace)
            throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int step = -warmup; step < count; step++) {
            if (step == 0) {
                append(trace, "case " + name);
            }
            int slot = Math.floorMod(step, slots);
            List<RowRange> ranges = engine.shards().stream()
                    .map(shard -> new RowRange(slot * shard.rows() / slots, (slot + 1) * shard.rows() / slots))
                    .toList();
            long before = threads.getCurrentThreadCpuTime();
            engine.sum(coefficients, ranges, List.of(SHARDS));
            long nanos = threads.getCurrentThreadCpuTime() - before;
            if (step >= 0) {
                append(trace, "step " + nanos);
            }
        }
        append(trace, "end");
    }

    private static void append(Path trace, String line) throws IOException {
        Files.writeString(
                trace, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
