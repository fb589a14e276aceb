package org.sparkgrad.job.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.ExecutorProcessLost;
import org.apache.spark.storage.BlockManagerId;
import org.sparkgrad.gpu.engine.EngineKind;
import scala.Option;
import scala.collection.JavaConverters;

/** Reads from Spark how many tasks run at once and where. Only this class here uses private parts of Spark. */
public final class TaskSlots {
    private TaskSlots() {}

    /** Returns how many tasks can run at the same time on live executors, limited by cores and by GPU addresses. */
    public static int slots(JavaSparkContext spark) {
        ResourceProfile profile = spark.sc().resourceProfileManager().defaultResourceProfile();
        int slots = spark.sc().maxNumConcurrentTasks(profile);
        if (!spark.isLocal()) {
            int registered = spark.sc().getExecutorIds().size();
            slots = slots * Math.min(executors(spark), registered) / Math.max(1, registered);
        }
        return Math.max(1, slots);
    }

    /** Returns how many slots are free of tasks of any job, according to Spark's last state of the executors. */
    public static int free(JavaSparkContext spark) {
        int busy = Arrays.stream(spark.sc().statusTracker().getExecutorInfos())
                .mapToInt(SparkExecutorInfo::numRunningTasks)
                .sum();
        return slots(spark) - busy;
    }

    /** Returns the number of executors; 0 if a cluster has lost all of them. */
    public static int executors(JavaSparkContext spark) {
        return spark.isLocal()
                ? 1
                : (int) managers().stream()
                        .filter(manager -> !manager.isDriver())
                        .count();
    }

    /**
     * Makes Spark treat a silent executor as lost and replace it. Spark would do the same minutes later. Spark computes
     * the executor's blocks and shuffle files again.
     */
    public static void replace(JavaSparkContext spark, String executor) {
        if (!spark.isLocal()) {
            ExecutorProcessLost lost = new ExecutorProcessLost("silent in training", Option.empty(), true);
            spark.sc().taskScheduler().executorLost(executor, lost);
            spark.sc().killAndReplaceExecutor(executor);
        }
    }

    /**
     * Returns the locations of the T workers of a run, at most S. There is one worker for each slot; in local mode with
     * OpenCL, where tasks share the devices, one for each device.
     */
    public static List<String> pins(JavaSparkContext spark, EngineChoice choice, int shards) {
        int slots = Math.min(shards, slots(spark));
        int workers = choice.kind() == EngineKind.OPENCL && spark.isLocal()
                ? Math.min(slots, choice.addresses().size())
                : slots;
        List<String> locations = locations();
        return IntStream.range(0, workers)
                .mapToObj(w -> locations.get(w % locations.size()))
                .toList();
    }

    /** Returns the bytes of heap that Spark leaves to data in this JVM. */
    static long storageMemory() {
        return SparkEnv.get().memoryManager().maxOnHeapStorageMemory();
    }

    /** Returns the task locations of the live executors, by executor id; in local mode the driver's. */
    public static List<String> locations() {
        List<BlockManagerId> managers = managers();
        if (managers.size() > 1) {
            managers.removeIf(BlockManagerId::isDriver);
        }
        managers.sort(Comparator.comparing((BlockManagerId m) -> m.executorId().length())
                .thenComparing(BlockManagerId::executorId));
        return managers.stream()
                .map(m -> "executor_" + m.host() + "_" + m.executorId())
                .toList();
    }

    private static List<BlockManagerId> managers() {
        return new ArrayList<>(JavaConverters.mapAsJavaMap(
                        SparkEnv.get().blockManager().master().getMemoryStatus())
                .keySet());
    }
}
