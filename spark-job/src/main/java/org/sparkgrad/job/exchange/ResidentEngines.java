package org.sparkgrad.job.exchange;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.GradientEngine;

/**
 * The engines of this JVM, one for each worker of each exchange: opened at a worker's first step here, kept to the
 * exchange's end. A worker that comes to another JVM finds none and opens its own from the shards.
 */
final class ResidentEngines {
    private static final Map<Key, Worker> WORKERS = new ConcurrentHashMap<>();

    private ResidentEngines() {}

    /**
     * Whose engine it is.
     *
     * @param exchange the exchange's id
     * @param worker the worker's number
     * @param workers T
     */
    record Key(String exchange, int worker, int workers) {}

    /** Returns the worker's engine, opened over the shards if there is none yet; unused shards are never read. */
    static Worker get(Key key, Iterator<Shard> shards, WorkerTask task) {
        Worker worker = WORKERS.get(key);
        if (worker == null) {
            worker = task.worker(list(shards));
            WORKERS.put(key, worker);
        }
        return worker;
    }

    private static List<Shard> list(Iterator<Shard> shards) {
        Iterable<Shard> iterable = () -> shards;
        return StreamSupport.stream(iterable.spliterator(), false).toList();
    }

    /** Closes one worker's engine, if there is one. */
    static void close(Key key) {
        Worker worker = WORKERS.remove(key);
        if (worker != null) {
            worker.engine().close();
        }
    }

    /** Closes all engines of an exchange. */
    static void closeAll(String exchange) {
        WORKERS.keySet().stream().filter(key -> key.exchange().equals(exchange)).forEach(ResidentEngines::close);
    }

    /** Returns how many engines this JVM holds. */
    static int size() {
        return WORKERS.size();
    }

    /**
     * An engine and where it is.
     *
     * @param incarnation tells this engine from an earlier one of the same worker
     * @param address its OpenCL address, or -1
     * @param engine the engine over the shards that the worker holds
     * @param streamed launches of engines over the others
     */
    record Worker(String incarnation, int address, GradientEngine engine, AtomicLong streamed) {}
}
