package org.sparkgrad.job.shard;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.sparkgrad.job.assemble.Instance;

/** Packs the instances of a partition by shard, many instances at a time. */
final class RowPacker implements FlatMapFunction<Iterator<Instance>, PackedRows> {
    private static final long serialVersionUID = 1L;

    /** The largest number of values that are buffered for all shards together: 32 MiB of doubles. */
    private static final long MOST_VALUES = 4L << 20;

    /** The bytes of heap for each buffered number, so that the buffers of a task are a small part of the heap. */
    private static final long HEAP_OF_A_VALUE = 512;

    private final long seed;
    private final int shards;

    RowPacker(long seed, int shards) {
        this.seed = seed;
        this.shards = shards;
    }

    @Override
    public Iterator<PackedRows> call(Iterator<Instance> instances) {
        RowBuffer[] buffers = new RowBuffer[shards];
        Arrays.setAll(buffers, s -> new RowBuffer());
        return new Iterator<>() {
            private int shard = shards;

            @Override
            public boolean hasNext() {
                shard = nextFull(buffers, shard);
                if (shard == shards && instances.hasNext()) {
                    fill(instances, buffers);
                    shard = nextFull(buffers, 0);
                }
                return shard < shards;
            }

            /** Packs the shards one by one: each pack is written while it is in the processor's cache. */
            @Override
            public PackedRows next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return buffers[shard].pack();
            }
        };
    }

    private int nextFull(RowBuffer[] buffers, int from) {
        int shard = from;
        while (shard < shards && buffers[shard].isEmpty()) {
            shard++;
        }
        return shard;
    }

    private void fill(Iterator<Instance> instances, RowBuffer[] buffers) {
        long most = Math.min(MOST_VALUES, Runtime.getRuntime().maxMemory() / HEAP_OF_A_VALUE);
        long buffered = 0;
        while (instances.hasNext() && buffered < most) {
            Instance instance = instances.next();
            long key = ShardKey.of(seed, instance.rowNumber());
            buffered += buffers[ShardKey.shard(key, shards)].add(key, instance);
        }
    }
}
