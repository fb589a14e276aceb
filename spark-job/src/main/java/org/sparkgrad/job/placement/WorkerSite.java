package org.sparkgrad.job.placement;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockManagerId;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineReport;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * The place where a worker runs, and its memory.
 *
 * @param executor Spark's name of the executor, or "driver" in local mode
 * @param host the machine of the executor
 * @param address the OpenCL address, or null for an engine without a device
 * @param device the name of the device or processor
 * @param heap the bytes of heap that Spark leaves to data, for all workers of the executor together
 * @param deviceMemory the bytes of device memory, for all workers on the device together; null for an engine without a
 *     device
 */
public record WorkerSite(
        String executor,
        String host,
        @Nullable Integer address,
        String device,
        long heap,
        @Nullable Long deviceMemory) implements Serializable {

    /**
     * Runs a task for each worker of a run, and returns their places.
     *
     * @param shards S
     * @throws org.sparkgrad.gpu.device.DeviceException within tasks, if the device of a worker does not exist
     */
    public static List<WorkerSite> ask(JavaSparkContext spark, EngineChoice choice, int shards) {
        List<String> pins = TaskSlots.pins(spark, choice, shards);
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, pins.size()).boxed().toList());
        return List.copyOf(ShortJobs.collect(WorkerPartitions.pin(spark.parallelize(numbers, numbers.size()), pins)
                .map(number -> here(choice))));
    }

    private static WorkerSite here(EngineChoice choice) {
        BlockManagerId id = SparkEnv.get().blockManager().blockManagerId();
        boolean opencl = choice.kind() == EngineKind.OPENCL;
        int address = opencl ? choice.address(TaskContext.get()) : -1;
        Long deviceMemory = opencl ? memory(DeviceSelector.select(address)) : null;
        return new WorkerSite(
                id.executorId(),
                id.host(),
                opencl ? address : null,
                device(choice.spec(address)),
                TaskSlots.storageMemory(),
                deviceMemory);
    }

    private static Long memory(GpuDevice device) {
        return device.globalMemory();
    }

    private static String device(EngineSpec spec) {
        try (var engine = GradientEngines.open(spec, new LogisticLoss(), 1, List.of())) {
            EngineReport report = engine.report();
            return report.device();
        }
    }
}
