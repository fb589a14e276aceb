package org.sparkgrad.job.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.DataSettings.Dense;

/**
 * The rows of a run whose tasks all run in this JVM. The packs of the tasks stay on the heap, and each shard gathers
 * its rows from the packs once. So no row goes through files. The shards equal those of {@link PackShuffle}. The limit
 * is a fifth of the heap: gathering needs as much memory again, and then the blocks do, instead of the rows.
 */
public final class LocalRows implements AutoCloseable {
    private static final Map<String, LocalRows> OPEN = new ConcurrentHashMap<>();
    private static final int SHARE = 5;

    private final String id = UUID.randomUUID().toString();
    private final long seed;
    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    private final Map<Integer, List<LocalPack>> byPartition = new ConcurrentHashMap<>();
    private final Map<Integer, ShardRows> gathered = new ConcurrentHashMap<>();

    private LocalRows(long seed, long most) {
        this.seed = seed;
        this.most = most;
    }

    /**
     * Creates an empty object that tasks can add rows to.
     *
     * @param seed the seed of the shuffle
     */
    public static LocalRows open(long seed) {
        return open(seed, room());
    }

    /** Returns the largest number of bytes of rows: a fifth of the heap. */
    static long room() {
        return Runtime.getRuntime().maxMemory() / SHARE;
    }

    /** Creates an object with another limit of bytes. */
    public static LocalRows open(long seed, long most) {
        LocalRows rows = new LocalRows(seed, most);
        OPEN.put(rows.id, rows);
        return rows;
    }

    /** Returns the id by which tasks find this object. */
    public String id() {
        return id;
    }

    /** Returns an object that is not closed, in this JVM. */
    static LocalRows of(String id) {
        LocalRows rows = OPEN.get(id);
        if (rows == null) {
            throw new IllegalStateException("the rows of this run are closed");
        }
        return rows;
    }

    /** Holds the rows of one partition, within a task. */
    public static final class Packer {
        private final LocalRows rows;
        private final List<LocalPack> packs = new ArrayList<>();

        /** @param id the id of the {@link LocalRows} */
        public Packer(String id) {
            rows = of(id);
        }

        /** Adds rows, and returns whether all rows so far fit. The caller must not change the rows later. */
        public boolean add(RowBatch batch) {
            if (rows.holdsAll()) {
                LocalPack pack = LocalPack.of(batch, rows.seed);
                packs.add(pack);
                rows.bytes.addAndGet(pack.bytes());
            }
            return rows.holdsAll();
        }

        /** Gives up holding the rows: some cannot be added. */
        void giveUp() {
            rows.bytes.set(Long.MAX_VALUE / 2); // more may be added to it
        }

        /** Stores the rows as those of the partition. A second attempt at a partition replaces the first. */
        public void end(int partition) {
            rows.byPartition.put(partition, packs);
            if (!rows.holdsAll()) {
                rows.byPartition.clear();
            }
        }
    }

    /** Adds all rows in one job, and returns the bytes of all rows so far; 0 if they exceed the limit. */
    long take(JavaRDD<RowBatch> batches) {
        String place = id;
        batches.foreachPartition(rows -> {
            Packer packer = new Packer(place);
            rows.forEachRemaining(packer::add);
            packer.end(TaskContext.getPartitionId());
        });
        return holdsAll() ? bytes.get() : 0;
    }

    /** Replaces the labels of a partition's rows, which are codes, by the class of each code. */
    void label(int partition, List<Integer> classes) {
        for (LocalPack pack : byPartition.getOrDefault(partition, List.of())) {
            int[] labels = pack.rows().labels();
            for (int row = 0; row < labels.length; row++) {
                labels[row] = classes.get(labels[row]);
            }
        }
    }

    /** Returns whether partitions have been added, and all their rows fit. */
    boolean holdsRows() {
        return holdsAll() && !byPartition.isEmpty();
    }

    /** Returns the bytes of all rows so far. */
    long bytes() {
        return bytes.get();
    }

    /** Returns whether all rows so far fit below the limit. */
    public boolean holdsAll() {
        return bytes.get() <= most;
    }

    /** Returns the size of the rows, before they are in shards. */
    DataSize size(Dense dense, int features) {
        long rows = 0;
        long entries = 0;
        for (List<LocalPack> packs : byPartition.values()) {
            for (LocalPack pack : packs) {
                rows += pack.rows().rows();
                entries += pack.rows().nonzeros();
            }
        }
        return DataSize.of(dense, rows, features, entries);
    }

    /**
     * Returns the rows in shards, which are valid until this object is closed.
     *
     * @param features F
     * @param count S, a power of two
     */
    public Shards shards(JavaSparkContext spark, int features, int count) {
        String place = id;
        JavaRDD<ShardRows> rows = spark.parallelize(
                        IntStream.range(0, count).boxed().toList(), count)
                .map(shard -> of(place).shard(shard, features, count));
        return new Shards(count, features, rows, true);
    }

    private ShardRows shard(int number, int features, int count) {
        ShardRows before = gathered.get(number);
        if (before != null) {
            return before;
        }
        ShardRows shard = new ShardRows(number, features, gather(number, count));
        // Packs are dropped only when every shard exists. A thread that gathered from fewer packs meanwhile uses the
        // shard of the other thread.
        before = gathered.putIfAbsent(number, shard);
        if (gathered.size() == count) {
            byPartition.clear();
        }
        return before != null ? before : shard;
    }

    private RowBatch gather(int shard, int count) {
        List<LocalPack> packs =
                byPartition.values().stream().flatMap(List::stream).toList();
        RowBatch[] rows = packs.stream().map(LocalPack::rows).toArray(RowBatch[]::new);
        int[] from = packs.stream().mapToInt(pack -> pack.firstOf(shard, count)).toArray();
        int[] to =
                packs.stream().mapToInt(pack -> pack.firstOf(shard + 1, count)).toArray();
        long[] places = new long[IntStream.of(to).sum() - IntStream.of(from).sum()];
        int next = 0;
        for (int p = 0; p < rows.length; p++) {
            for (int place = from[p]; place < to[p]; place++) {
                places[next++] = (long) p << 32 | place;
            }
        }
        return PackMerge.of(rows, places, KeyOrder.of(rows, places));
    }

    /** Releases the rows. */
    @Override
    public void close() {
        OPEN.remove(id);
    }
}
