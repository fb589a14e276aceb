package org.sparkgrad.job.exchange.worker;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.spark.JobScope;

/**
 * What workers keep in this JVM between their tasks: those of job-per-step exchanges between steps, those of stage sequences
 * between stages. Made at a worker's first task here, kept to the exchange's end. A worker that comes to another JVM finds
 * nothing and opens its engine again.
 */
public final class WorkerCache {
    private static final Map<Key, Worker> WORKERS = new ConcurrentHashMap<>();

    private WorkerCache() {}

    /**
     * Whose it is.
     *
     * @param exchange the exchange's id
     * @param worker the worker's number
     * @param workers T
     */
    public record Key(String exchange, int worker, int workers) {}

    /**
     * An engine and its name.
     *
     * @param incarnation tells this engine from an earlier one of the same worker
     * @param sums the engine
     */
    public record Worker(UUID incarnation, ShardSums sums) {}

    /** Returns the worker's, made if there is none yet. */
    public static Worker get(Key key, Supplier<ShardSums> open) {
        return WORKERS.computeIfAbsent(key, none -> new Worker(UUID.randomUUID(), open.get()));
    }

    /**
     * Takes the worker's out of here, so that no other task has it, or makes it. Those of another number of workers, which
     * nobody will ask for again, are closed.
     */
    public static Worker take(Key key, Supplier<ShardSums> open) {
        WORKERS.keySet().stream()
                .filter(other -> other.exchange().equals(key.exchange()) && other.workers() != key.workers())
                .forEach(WorkerCache::close);
        Worker kept = WORKERS.remove(key);
        return kept != null ? kept : new Worker(UUID.randomUUID(), open.get());
    }

    /** Puts it back, or closes it if another task has put one here meanwhile. */
    public static void putBack(Key key, Worker worker) {
        if (WORKERS.putIfAbsent(key, worker) != null) {
            worker.sums().close();
        }
    }

    /** Closes one worker's, if there is one, when no task computes with it any more. */
    public static void close(Key key) {
        Worker worker = WORKERS.remove(key);
        if (worker != null) {
            synchronized (worker) {
                worker.sums().close();
            }
        }
    }

    /** Closes all of an exchange. */
    public static void closeAll(String exchange) {
        WORKERS.keySet().stream().filter(key -> key.exchange().equals(exchange)).forEach(WorkerCache::close);
    }

    /** Closes all of an exchange where its workers are, also on a thread that was interrupted. */
    public static <T> void closeAll(JavaRDD<T> tasks, String exchange) {
        if (JavaSparkContext.fromSparkContext(tasks.context()).isLocal()) {
            closeAll(exchange); // at once: another fit's stage may have all slots
            return;
        }
        JobScope.uninterrupted(() -> tasks.foreachPartition(ignored -> closeAll(exchange)));
    }

    /** Returns how many this JVM holds. */
    public static int size() {
        return WORKERS.size();
    }
}
