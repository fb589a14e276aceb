package org.sparkgrad.job.benchmark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What the tasks of a turn took. */
final class TaskTotals extends SparkListener {
    private final AtomicLong shuffled = new AtomicLong();
    private final Map<String, Long> heaps = new ConcurrentHashMap<>();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        if (task.taskMetrics() != null) { // a lost task has none
            shuffled.addAndGet(task.taskMetrics().shuffleWriteMetrics().bytesWritten());
        }
        heaps.merge(
                task.taskInfo().executorId(), task.taskExecutorMetrics().getMetricValue("JVMHeapMemory"), Math::max);
    }

    /** Returns the bytes written for shuffles. */
    long shuffled() {
        return shuffled.get();
    }

    /**
     * Returns the most bytes of heap, garbage included, that each executor had during tasks, summed over executors.
     * Spark looks every 50 ms.
     */
    long peakHeap() {
        return heaps.values().stream().mapToLong(Long::longValue).sum();
    }
}
