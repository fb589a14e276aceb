package org.sparkgrad.job.placement;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockManagerId;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.GpuDevices;
import org.sparkgrad.gpu.device.OpenClDiagnosis;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * The OpenCL devices that one process sees.
 *
 * @param executor Spark's name of the executor, or "driver"
 * @param host its machine
 * @param devices by address
 * @param problems what it lacks, a line each
 */
public record ExecutorDevices(String executor, String host, List<GpuDevice> devices, List<String> problems)
        implements Serializable {
    private static final int ROUNDS = 5;

    /** Returns those of this process. */
    public static ExecutorDevices here(String executor, String host) {
        List<GpuDevice> devices = GpuDevices.list();
        List<String> problems = new ArrayList<>();
        if (devices.stream().noneMatch(device -> device.type() == GpuDevice.Type.GPU)) {
            problems.addAll(OpenClDiagnosis.ofThisMachine().problems());
        }
        devices.forEach(device -> problems.addAll(OpenClDiagnosis.problemsOf(device)));
        return new ExecutorDevices(executor, host, List.copyOf(devices), List.copyOf(problems));
    }

    /** Asks every executor, in the order of their names; one that no task reaches says so as its problem. */
    public static List<ExecutorDevices> ofCluster(JavaSparkContext spark) {
        Map<String, ExecutorDevices> found = new TreeMap<>();
        int tasks = TaskSlots.slots(spark);
        List<String> executors = TaskSlots.locations();
        for (int round = 0; round < ROUNDS && found.size() < executors.size(); round++) {
            ShortJobs.collect(
                            spark.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
                                    .map(task -> ofTask()))
                    .forEach(one -> found.put("executor_" + one.host + "_" + one.executor, one));
        }
        executors.forEach(name -> found.computeIfAbsent(
                name, lost -> new ExecutorDevices(lost, "", List.of(), List.of("no task was run there"))));
        return List.copyOf(found.values());
    }

    /** Whether {@code --engine auto} takes opencl where all the work is done by processes like these. */
    public static boolean haveGpus(List<ExecutorDevices> processes) {
        return processes.stream()
                .allMatch(one -> one.devices.stream().anyMatch(device -> device.type() == GpuDevice.Type.GPU));
    }

    private static ExecutorDevices ofTask() {
        BlockManagerId id = SparkEnv.get().blockManager().blockManagerId();
        return here(id.executorId(), id.host());
    }
}
