package org.sparkgrad.job.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.GpuDevices;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.job.config.EngineSettings;
import org.sparkgrad.job.spark.ShortJobs;

/** Chooses the engine that runs, from the engine that the settings name, and gives a reason. */
public final class EngineChooser {
    private EngineChooser() {}

    /** Returns the choice. AUTO looks for a GPU on every executor. */
    public static EngineChoice choose(JavaSparkContext spark, EngineSettings settings) {
        List<Integer> devices = settings.devices().isEmpty() ? driverAddresses(spark) : settings.devices();
        return switch (settings.engine()) {
            case CPU -> choice(EngineKind.CPU, "asked for", settings, devices);
            case OPENCL -> choice(EngineKind.OPENCL, "asked for", settings, devices);
            case REFERENCE -> choice(EngineKind.REFERENCE, "asked for", settings, devices);
            case AUTO -> {
                List<String> without = executorsWithoutGpu(spark);
                yield without.isEmpty()
                        ? choice(EngineKind.OPENCL, "every executor has a GPU", settings, devices)
                        : choice(EngineKind.CPU, "no GPU on " + String.join(", ", without), settings, devices);
            }
        };
    }

    private static EngineChoice choice(EngineKind kind, String reason, EngineSettings settings, List<Integer> devices) {
        return new EngineChoice(
                kind, settings.precision(), reason, devices, settings.deviceMemoryFraction(), settings.openClRuntime());
    }

    /**
     * Returns the GPU addresses of the driver in local mode. Spark may know GPUs of the driver that it does not assign
     * to tasks.
     */
    private static List<Integer> driverAddresses(JavaSparkContext spark) {
        var gpu = spark.resources().get("gpu");
        return gpu == null
                ? List.of()
                : IntStream.range(0, gpu.addresses().length)
                        .mapToObj(i -> Integer.valueOf(gpu.addresses()[i]))
                        .toList();
    }

    private static List<String> executorsWithoutGpu(JavaSparkContext spark) {
        List<String> executors = TaskSlots.locations();
        List<Integer> numbers = IntStream.range(0, executors.size()).boxed().toList();
        List<String> without = ShortJobs.collect(
                WorkerPartitions.pin(spark.parallelize(new ArrayList<>(numbers), numbers.size()), executors)
                        .map(executor -> hasGpu() ? "" : SparkEnv.get().executorId()));
        return new TreeSet<>(without)
                .stream()
                        .filter(id -> !id.isEmpty())
                        .map(id -> id.equals("driver") ? "this machine" : "executor " + id)
                        .toList();
    }

    private static boolean hasGpu() {
        return GpuDevices.types().contains(GpuDevice.Type.GPU);
    }
}
