package org.sparkgrad.job.exchange;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the workers of job-per-step exchanges keep in this JVM between steps: made at a worker's first step here, kept to
 * the exchange's end. A worker that comes to another JVM finds nothing and opens its engine again.
 */
final class ResidentSums {
    private static final Map<Key, Worker> WORKERS = new ConcurrentHashMap<>();

    private ResidentSums() {}

    /**
     * Whose it is.
     *
     * @param exchange the exchange's id
     * @param worker the worker's number
     * @param workers T
     */
    record Key(String exchange, int worker, int workers) {}

    /**
     * An engine and its name.
     *
     * @param incarnation tells this engine from an earlier one of the same worker
     * @param sums the engine
     */
    record Worker(UUID incarnation, ShardSums sums) {}

    /** Returns the worker's, made if there is none yet. */
    static Worker get(Key key, Supplier<ShardSums> open) {
        return WORKERS.computeIfAbsent(key, none -> new Worker(UUID.randomUUID(), open.get()));
    }

    /** Closes one worker's, if there is one. */
    static void close(Key key) {
        Worker worker = WORKERS.remove(key);
        if (worker != null) {
            worker.sums().close();
        }
    }

    /** Closes all of an exchange. */
    static void closeAll(String exchange) {
        WORKERS.keySet().stream().filter(key -> key.exchange().equals(exchange)).forEach(ResidentSums::close);
    }

    /** Returns how many this JVM holds. */
    static int size() {
        return WORKERS.size();
    }
}
