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
 * The OpenCL devices of one process.
 *
 * @param executor Spark's name of the executor, or "driver"
 * @param host the machine of the executor
 * @param devices the devices, by address
 * @param problems the missing parts of OpenCL, one line each
 */
public record ExecutorDevices(String executor, String host, List<GpuDevice> devices, List<String> problems)
        implements Serializable {
    private static final int ROUNDS = 5;

    /** Returns the devices of this process. */
    public static ExecutorDevices here(String executor, String host) {
        List<GpuDevice> devices = GpuDevices.list();
        List<String> problems = new ArrayList<>();
        if (devices.stream().noneMatch(device -> device.type() == GpuDevice.Type.GPU)) {
            problems.addAll(OpenClDiagnosis.ofThisMachine().problems());
        }
        devices.forEach(device -> problems.addAll(OpenClDiagnosis.problemsOf(device)));
        return new ExecutorDevices(executor, host, List.copyOf(devices), List.copyOf(problems));
    }

    /**
     * Runs a task on every executor and returns the devices in the order of the executors' names. An executor without a
     * running task has a problem that says so.
     */
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

    /** Returns whether {@code --engine auto} chooses opencl, if processes like these do all the work. */
    public static boolean haveGpus(List<ExecutorDevices> processes) {
        return processes.stream()
                .allMatch(one -> one.devices.stream().anyMatch(device -> device.type() == GpuDevice.Type.GPU));
    }

    private static ExecutorDevices ofTask() {
        BlockManagerId id = SparkEnv.get().blockManager().blockManagerId();
        return here(id.executorId(), id.host());
    }
}
