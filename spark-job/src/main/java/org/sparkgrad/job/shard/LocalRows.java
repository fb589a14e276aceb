package org.sparkgrad.job.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.assemble.Instance;

/**
 * Rows of a run whose tasks are all in this JVM: they stay in packs on its heap, as the tasks that read them made them, and
 * each shard looks its rows up there. So nothing is written, read and sorted a second time; the shards are those of a
 * shuffle. Rows that would take more than a fifth of the heap are not held: Spark's storage has its share of it, and what
 * trains them needs as much again.
 */
public final class LocalRows implements AutoCloseable {
    private static final Map<String, LocalRows> OPEN = new ConcurrentHashMap<>();
    private static final int SHARE = 5;

    private final String id = UUID.randomUUID().toString();
    private final long seed;
    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    private final Map<Integer, List<PackedRows>> byPartition = new ConcurrentHashMap<>();

    private LocalRows(long seed, long most) {
        this.seed = seed;
        this.most = most;
    }

    /**
     * Opens a place for rows.
     *
     * @param seed of the shuffle
     */
    public static LocalRows open(long seed) {
        return open(seed, Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** The same with another limit of bytes. */
    static LocalRows open(long seed, long most) {
        LocalRows rows = new LocalRows(seed, most);
        OPEN.put(rows.id, rows);
        return rows;
    }

    /** Returns by what name tasks find it. */
    public String id() {
        return id;
    }

    private static LocalRows of(String id) {
        LocalRows rows = OPEN.get(id);
        if (rows == null) {
            throw new IllegalStateException("the rows of this run are closed");
        }
        return rows;
    }

    /** Takes the rows of one partition, within a task. */
    public static final class Packer {
        private final LocalRows rows;
        private final RowBuffer buffer = new RowBuffer();
        private final List<PackedRows> packs = new ArrayList<>();
        private long buffered;

        /** @param id of the place */
        public Packer(String id) {
            rows = of(id);
        }

        /** Takes a row, which may change later. */
        public void add(Instance instance) {
            if (rows.holdsAll()) {
                buffered += buffer.add(ShardKey.of(rows.seed, instance.rowNumber()), instance);
                if (buffered >= RowPacker.mostValues()) {
                    pack();
                }
            }
        }

        private void pack() {
            if (!buffer.isEmpty()) {
                PackedRows pack = buffer.pack();
                packs.add(pack);
                buffered = 0;
                rows.bytes.addAndGet(pack.bytes());
            }
        }

        /** Puts what it took in the partition's place; a second attempt at a partition replaces the first. */
        public void end(int partition) {
            pack();
            if (rows.holdsAll()) {
                rows.byPartition.put(partition, packs);
            } else {
                rows.byPartition.clear();
            }
        }
    }

    /** Returns whether there was room for all rows so far. */
    public boolean holdsAll() {
        return bytes.get() <= most;
    }

    /**
     * Returns them in shards, which are there until this is closed.
     *
     * @param features F
     * @param count S, a power of two
     */
    public Shards shards(JavaSparkContext spark, int features, int count) {
        String place = id;
        JavaRDD<ShardRows> rows = spark.parallelize(
                        IntStream.range(0, count).boxed().toList(), count)
                .map(shard -> of(place).shard(shard, features, count));
        return new Shards(count, features, rows);
    }

    private ShardRows shard(int shard, int features, int count) {
        List<PackedRows> packs = new ArrayList<>();
        new TreeMap<>(byPartition).values().forEach(packs::addAll);
        return ShardRows.among(packs.toArray(new PackedRows[0]), shard, features, count);
    }

    /** Lets the rows go. */
    @Override
    public void close() {
        OPEN.remove(id);
    }
}
