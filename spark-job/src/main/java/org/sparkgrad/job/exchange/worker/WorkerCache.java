package org.sparkgrad.job.exchange.worker;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.spark.JobScope;

/**
 * The engines of workers in this JVM between their tasks: between the steps of job-per-step exchanges, and between the
 * stages of stage sequences. The first task of a worker in this JVM creates its engine; the end of the exchange closes
 * it. A worker that starts in another JVM opens its engine again.
 */
public final class WorkerCache {
    private static final Map<Key, Worker> WORKERS = new ConcurrentHashMap<>();

    private WorkerCache() {}

    /**
     * The key of a worker's engine.
     *
     * @param exchange the id of the exchange
     * @param worker the number of the worker
     * @param workers T
     */
    public record Key(String exchange, int worker, int workers) {}

    /**
     * An engine and its name.
     *
     * @param incarnation the id that distinguishes this engine from an earlier engine of the same worker
     * @param sums the engine
     */
    public record Worker(UUID incarnation, ShardSums sums) {}

    /** Returns the engine of the worker, and creates it if there is none. */
    public static Worker get(Key key, Supplier<ShardSums> open) {
        return WORKERS.computeIfAbsent(key, none -> new Worker(UUID.randomUUID(), open.get()));
    }

    /**
     * Removes and returns the engine of the worker, or creates it, so that no other task uses it. Engines for another
     * number of workers are closed, because no task will use them again.
     */
    public static Worker take(Key key, Supplier<ShardSums> open) {
        WORKERS.keySet().stream()
                .filter(other -> other.exchange().equals(key.exchange()) && other.workers() != key.workers())
                .forEach(WorkerCache::close);
        Worker kept = WORKERS.remove(key);
        return kept != null ? kept : new Worker(UUID.randomUUID(), open.get());
    }

    /** Stores the engine of a worker, or closes it if another task has stored one meanwhile. */
    public static void putBack(Key key, Worker worker) {
        if (WORKERS.putIfAbsent(key, worker) != null) {
            worker.sums().close();
        }
    }

    /** Closes the engine of one worker, if there is one, after the last task that computes with it. */
    public static void close(Key key) {
        Worker worker = WORKERS.remove(key);
        if (worker != null) {
            synchronized (worker) {
                worker.sums().close();
            }
        }
    }

    /** Closes all engines of an exchange in this JVM. */
    public static void closeAll(String exchange) {
        WORKERS.keySet().stream().filter(key -> key.exchange().equals(exchange)).forEach(WorkerCache::close);
    }

    /** Closes all engines of an exchange on its workers, also if the thread was interrupted. */
    public static <T> void closeAll(JavaRDD<T> tasks, String exchange) {
        if (JavaSparkContext.fromSparkContext(tasks.context()).isLocal()) {
            closeAll(exchange); // returns at once: the stage of another fit may hold all slots
            return;
        }
        JobScope.uninterrupted(() -> tasks.foreachPartition(ignored -> closeAll(exchange)));
    }

    /** Returns the number of engines in this JVM. */
    public static int size() {
        return WORKERS.size();
    }
}
