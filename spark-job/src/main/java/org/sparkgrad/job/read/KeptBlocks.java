package org.sparkgrad.job.read;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What the first pass over the files of a table has kept of each block, where all tasks run in this JVM. A block that is
 * not here is read again. The limit is a fifth of the heap, beside that of rows.
 *
 * @param <T> the cells of a block
 */
final class KeptBlocks<T> {
    /** The tables that are in use; a table that nobody reads any more is garbage. */
    private static final Map<String, WeakReference<KeptBlocks<?>>> OPEN = new ConcurrentHashMap<>();

    private static final int SHARE = 5;

    private final String id = UUID.randomUUID().toString();
    private final long wholeRoom;
    private final AtomicLong room;
    private final Map<FileBlock, T> blocks = new ConcurrentHashMap<>();

    /** @param room the largest number of bytes of all blocks */
    KeptBlocks(long room) {
        this.wholeRoom = room;
        this.room = new AtomicLong(room);
    }

    /** Returns a new object; null if tasks do not run in this JVM. */
    static <T> @Nullable KeptBlocks<T> open(SparkSession spark) {
        if (!spark.sparkContext().isLocal()) {
            return null;
        }
        OPEN.values().removeIf(table -> table.get() == null);
        KeptBlocks<T> blocks = new KeptBlocks<>(Runtime.getRuntime().maxMemory() / SHARE);
        OPEN.put(blocks.id, new WeakReference<>(blocks));
        return blocks;
    }

    /** Returns an object of this JVM; null if there is none of this id. */
    @SuppressWarnings("unchecked")
    static <T> @Nullable KeptBlocks<T> of(@Nullable String id) {
        WeakReference<KeptBlocks<?>> table = id == null ? null : OPEN.get(id);
        return table == null ? null : (KeptBlocks<T>) table.get();
    }

    /** Returns the id of an object; null if there is none. */
    static @Nullable String idOf(@Nullable KeptBlocks<?> blocks) {
        return blocks == null ? null : blocks.id;
    }

    /** Takes room for more bytes, or gives it back, and returns whether all bytes so far fit. */
    boolean take(long bytes) {
        return room.addAndGet(-bytes) >= 0;
    }

    void put(FileBlock block, T cells) {
        blocks.put(block, cells);
    }

    @Nullable
    T get(FileBlock block) {
        return blocks.get(block);
    }

    /** Releases all blocks; others may follow. */
    void release() {
        blocks.clear();
        room.set(wholeRoom);
    }
}
