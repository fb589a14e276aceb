package org.sparkgrad.job.ml.fit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerUnpersistRDD;

/**
 * The cache of rows that fits over persisted Datasets share, such as the fits of MLlib's CrossValidator, which fits one
 * setting after the other or several at once. The cache holds the {@value #MOST} entries used last. An entry is removed
 * when Spark drops the Dataset, when Spark ends, or after a minute without a fit.
 */
public final class ResidentCache {
    /** The number of entries: the rows in two scales, with and without standardization. */
    static final int MOST = 2;

    /** How long rows stay without a fit; a minute by default. */
    static final String IDLE_TIMEOUT = "spark.sparkgrad.idleTimeout";

    private static final ResidentCache INSTANCE = new ResidentCache();

    private final Map<RowsKey, Entry> entries = new LinkedHashMap<>(2 * MOST, 1, true);
    private final Set<String> applications = new HashSet<>();

    private final ScheduledThreadPoolExecutor clock;

    ResidentCache() {
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sparkgrad-release");
            thread.setDaemon(true);
            return thread;
        });
        clock.setKeepAliveTime(1, TimeUnit.MINUTES);
        clock.allowCoreThreadTimeOut(true);
    }

    /** Rows, and the number of fits that use them. */
    private static final class Entry {
        private final ResidentRows rows;
        private int users;
        private long uses;
        private boolean dropped;

        Entry(ResidentRows rows) {
            this.rows = rows;
        }
    }

    /** Returns the cache of this JVM. */
    public static ResidentCache get() {
        return INSTANCE;
    }

    /**
     * Calls a fit with the rows of a key, which stay in the cache during the call.
     *
     * @param open creates the rows if there are none; it must be fast
     */
    public <T> T use(SparkContext spark, RowsKey key, Supplier<ResidentRows> open, Function<ResidentRows, T> fit) {
        listen(spark);
        Entry entry = enter(key, open);
        boolean whole = false;
        try {
            T result = fit.apply(entry.rows);
            whole = true;
            return result;
        } finally {
            leave(key, entry, whole, spark.conf().getTimeAsMs(IDLE_TIMEOUT, "60s"));
        }
    }

    private Entry enter(RowsKey key, Supplier<ResidentRows> open) {
        List<ResidentRows> unused = new ArrayList<>();
        Entry entry;
        synchronized (this) {
            entry = entries.computeIfAbsent(key, none -> new Entry(open.get()));
            entry.users++;
            entry.uses++;
            while (entries.size() > MOST) {
                unused.addAll(drop(entries.keySet().iterator().next()));
            }
        }
        unused.forEach(ResidentRows::close);
        return entry;
    }

    /** Ends the use of rows. Rows of a failed fit are not kept, because the rows may have caused the failure. */
    private void leave(RowsKey key, Entry entry, boolean whole, long idleMillis) {
        boolean last;
        synchronized (this) {
            if (!whole && !entry.dropped) {
                entries.remove(key);
                entry.dropped = true;
            }
            entry.users--;
            last = entry.dropped && entry.users == 0;
            if (!entry.dropped && entry.users == 0) {
                long uses = entry.uses;
                var unused = clock.schedule(() -> releaseIdle(key, entry, uses), idleMillis, TimeUnit.MILLISECONDS);
            }
        }
        if (last) {
            entry.rows.close();
        }
    }

    /** Closes rows that no fit has used in the meantime. */
    private void releaseIdle(RowsKey key, Entry entry, long uses) {
        List<ResidentRows> unused;
        synchronized (this) {
            unused = entries.containsValue(entry) && entry.users == 0 && entry.uses == uses ? drop(key) : List.of();
        }
        unused.forEach(ResidentRows::close);
    }

    /** Removes rows, and returns them if no fit uses them; else the last fit closes them. */
    private synchronized List<ResidentRows> drop(RowsKey key) {
        Entry entry = entries.remove(key);
        if (entry == null) {
            return List.of();
        }
        entry.dropped = true;
        return entry.users == 0 ? List.of(entry.rows) : List.of();
    }

    private synchronized List<ResidentRows> drop(Predicate<RowsKey> condition) {
        return entries.keySet().stream().filter(condition).toList().stream()
                .flatMap(key -> drop(key).stream())
                .toList();
    }

    /** Returns the number of entries. */
    synchronized int size() {
        return entries.size();
    }

    private synchronized void listen(SparkContext spark) {
        String application = spark.applicationId();
        if (applications.add(application)) {
            spark.addSparkListener(new Releasing(application));
        }
    }

    /** Receives Spark's events about dropped Datasets and about the end of the application. */
    private final class Releasing extends SparkListener {
        private final String application;

        Releasing(String application) {
            this.application = application;
        }

        @Override
        public void onUnpersistRDD(SparkListenerUnpersistRDD event) {
            release(drop(key ->
                    key.application().equals(application) && key.persisted().contains(event.rddId())));
        }

        @Override
        public void onApplicationEnd(SparkListenerApplicationEnd event) {
            synchronized (ResidentCache.this) {
                applications.remove(application);
            }
            drop(key -> key.application().equals(application)).forEach(ResidentRows::close);
        }

        /** Closes rows on another thread. Closing runs a Spark job, for which a listener must not wait. */
        private void release(List<ResidentRows> unused) {
            if (!unused.isEmpty()) {
                clock.execute(() -> unused.forEach(ResidentRows::close));
            }
        }
    }
}
