package org.sparkgrad.job.shard;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.assemble.RowBatchBuilder;

/** Packs the rows of a partition by shard, many rows at a time. */
final class RowPacker implements FlatMapFunction<Iterator<RowBatch>, RowBatch> {
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
    public Iterator<RowBatch> call(Iterator<RowBatch> batches) {
        RowBatchBuilder[] buffers = new RowBatchBuilder[shards];
        Arrays.setAll(buffers, s -> new RowBatchBuilder());
        return new Iterator<>() {
            private int shard = shards;

            @Override
            public boolean hasNext() {
                shard = nextFull(buffers, shard);
                if (shard == shards && batches.hasNext()) {
                    fill(batches, buffers);
                    shard = nextFull(buffers, 0);
                }
                return shard < shards;
            }

            /** Packs the shards one by one: each pack is written while it is in the processor's cache. */
            @Override
            public RowBatch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                RowBatch pack = PackMerge.sorted(buffers[shard].view());
                buffers[shard].clear();
                return pack;
            }
        };
    }

    private int nextFull(RowBatchBuilder[] buffers, int from) {
        int shard = from;
        while (shard < shards && buffers[shard].isEmpty()) {
            shard++;
        }
        return shard;
    }

    private void fill(Iterator<RowBatch> batches, RowBatchBuilder[] buffers) {
        long most = Math.min(MOST_VALUES, Runtime.getRuntime().maxMemory() / HEAP_OF_A_VALUE);
        long buffered = 0;
        while (batches.hasNext() && buffered < most) {
            RowBatch batch = batches.next();
            for (int row = 0; row < batch.rows(); row++) {
                long key = ShardKey.of(seed, batch.ids()[row]);
                buffered += buffers[ShardKey.shard(key, shards)].add(key, batch, row);
            }
        }
    }
}
