package org.sparkgrad.gpu.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.device.DeviceArray;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.DirectSession;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.KernelSession;
import org.sparkgrad.gpu.engine.BenchmarkEngines;
import org.sparkgrad.gpu.engine.GradientEngine;

/** Builds systems by name. */
final class Systems {
    /** More than any cache holds. */
    private static final int STREAM_VALUES = 64 << 20;

    private static final int STREAM_PIECE = 1 << 16;
    private static final int COPY_GROUP = 256;
    private static final int MATRIX = 1024;
    private static final int SHARDS_PER_THREAD = 4;

    private final BenchmarkCase data;
    private final ExecutorService threads;
    private final int count;
    private final List<Shard> shards;

    Systems(BenchmarkCase data, ExecutorService threads, int count) {
        this.data = data;
        this.threads = threads;
        this.count = count;
        this.shards = data.shards(count * SHARDS_PER_THREAD);
    }

    BenchmarkSystem open(String name) {
        return switch (name) {
            case "stream" -> stream();
            case "sgemm" -> sgemm();
            case "device-copy" -> deviceCopy();
            // The device divides a launch among its own cores.
            case "opencl", "opencl-aparapi" -> engines(name, 1);
            default -> engines(name, count);
        };
    }

    private BenchmarkSystem engines(String name, int each) {
        List<GradientEngine> engines = new ArrayList<>();
        for (List<Shard> hand : BenchmarkSystem.deal(shards, each)) {
            engines.add(BenchmarkEngines.open(name, data.loss(), data.features(), hand));
        }
        return BenchmarkSystem.engines(threads, engines, data);
    }

    /** Each thread reads its own memory once, in order. */
    private BenchmarkSystem stream() {
        OpenBlas.useOneThread();
        List<Callable<Object>> tasks = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            FloatPointer memory = new FloatPointer(STREAM_VALUES);
            FloatPointer.memset(memory, 0, (long) STREAM_VALUES * Float.BYTES);
            FloatPointer at = new FloatPointer(memory);
            tasks.add(() -> {
                double sum = 0;
                for (int start = 0; start < STREAM_VALUES; start += STREAM_PIECE) {
                    at.position(start);
                    sum += openblas_nolapack.cblas_sdot(STREAM_PIECE, at, 1, at, 1);
                }
                return sum + memory.get(0);
            });
        }
        return BenchmarkSystem.limit(threads, tasks, (double) count * STREAM_VALUES * Float.BYTES, 0);
    }

    /** The device copies in its own memory. */
    private BenchmarkSystem deviceCopy() {
        GpuDevice device = DeviceSelector.select(0);
        KernelSession session = new DirectSession(DeviceSelector.handle(device), "copy on " + device.name());
        DeviceArray to = session.floats(STREAM_VALUES);
        session.start(new CopyKernel(session.floats(STREAM_VALUES).floats(), to.floats()));
        Callable<Object> task = () -> {
            session.execute(STREAM_VALUES, COPY_GROUP, 1);
            to.read(1);
            return session.launches();
        };
        return BenchmarkSystem.limit(threads, List.of(task), 2.0 * STREAM_VALUES * Float.BYTES, 0);
    }

    /** Each thread multiplies two square matrices of its own. */
    private BenchmarkSystem sgemm() {
        OpenBlas.useOneThread();
        List<Callable<Object>> tasks = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            FloatPointer left = matrix();
            FloatPointer right = matrix();
            FloatPointer product = matrix();
            tasks.add(() -> {
                openblas_nolapack.cblas_sgemm(
                        openblas_nolapack.CblasRowMajor,
                        openblas_nolapack.CblasNoTrans,
                        openblas_nolapack.CblasNoTrans,
                        MATRIX,
                        MATRIX,
                        MATRIX,
                        1,
                        left,
                        MATRIX,
                        right,
                        MATRIX,
                        0,
                        product,
                        MATRIX);
                return product.get(0);
            });
        }
        return BenchmarkSystem.limit(threads, tasks, 0, 2.0 * count * MATRIX * MATRIX * MATRIX);
    }

    private static FloatPointer matrix() {
        FloatPointer matrix = new FloatPointer((long) MATRIX * MATRIX);
        float[] row = new float[MATRIX];
        Arrays.fill(row, 0.5f);
        for (int r = 0; r < MATRIX; r++) {
            matrix.position((long) r * MATRIX).put(row, 0, MATRIX);
        }
        return matrix.position(0);
    }
}
