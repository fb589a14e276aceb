package org.sparkgrad.job.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.ml.linalg.SparseVector;
import org.sparkgrad.job.assemble.Instance;

/** Packs the instances of a partition by the shard they go to, many at a time. */
final class RowPacker implements FlatMapFunction<Iterator<Instance>, PackedRows> {
    private static final long serialVersionUID = 1L;

    /** Most numbers buffered for all shards together before they are sent: 32 MiB of doubles. */
    private static final long MOST_VALUES = 4L << 20;

    /** Bytes of heap for each number buffered, so that a task's buffers are a small part of it. */
    private static final long HEAP_OF_A_VALUE = 512;

    private final long seed;
    private final int shards;

    RowPacker(long seed, int shards) {
        this.seed = seed;
        this.shards = shards;
    }

    @Override
    public Iterator<PackedRows> call(Iterator<Instance> instances) {
        Buffer[] buffers = new Buffer[shards];
        Arrays.setAll(buffers, s -> new Buffer());
        return new Iterator<>() {
            private Iterator<PackedRows> full = List.<PackedRows>of().iterator();

            @Override
            public boolean hasNext() {
                if (!full.hasNext() && instances.hasNext()) {
                    full = fill(instances, buffers).iterator();
                }
                return full.hasNext();
            }

            @Override
            public PackedRows next() {
                return full.next();
            }
        };
    }

    private List<PackedRows> fill(Iterator<Instance> instances, Buffer[] buffers) {
        long most = Math.min(MOST_VALUES, Runtime.getRuntime().maxMemory() / HEAP_OF_A_VALUE);
        long buffered = 0;
        while (instances.hasNext() && buffered < most) {
            Instance instance = instances.next();
            long key = ShardKey.of(seed, instance.rowNumber());
            buffered += buffers[ShardKey.shard(key, shards)].add(key, instance);
        }
        List<PackedRows> packed = new ArrayList<>();
        for (int s = 0; s < shards; s++) {
            if (buffers[s].rows > 0) {
                packed.add(buffers[s].pack());
            }
        }
        return packed;
    }

    /** Growing arrays of the rows of one shard. */
    private static final class Buffer {
        private int rows;
        private int count;
        private boolean complete = true;
        private long[] keys = new long[16];
        private int[] labels = new int[16];
        private double[] weights = new double[16];
        private byte[] folds = new byte[16];
        private int[] starts = new int[17];
        private int[] indices = new int[256];
        private double[] values = new double[256];

        /** Appends a row and returns how many numbers that took. */
        int add(long key, Instance instance) {
            grow(instance.features().numActives());
            keys[rows] = key;
            labels[rows] = instance.label();
            weights[rows] = instance.weight();
            folds[rows] = (byte) instance.fold();
            int before = count;
            if (instance.features() instanceof SparseVector sparse && sparse.values().length < sparse.size()) {
                indexEarlierRows();
                System.arraycopy(sparse.indices(), 0, indices, count, sparse.indices().length);
                append(sparse.values());
            } else {
                double[] all = instance.features() instanceof SparseVector sparse
                        ? sparse.values()
                        : instance.features().toArray();
                if (!complete) {
                    index(count, all.length);
                }
                append(all);
            }
            rows++;
            starts[rows] = count;
            return count - before + 4;
        }

        private void append(double[] row) {
            System.arraycopy(row, 0, values, count, row.length);
            count += row.length;
        }

        /** Rows with all features get their indices once a row has not all of them. */
        private void indexEarlierRows() {
            for (int row = 0; complete && row < rows; row++) {
                index(starts[row], starts[row + 1] - starts[row]);
            }
            complete = false;
        }

        private void index(int start, int features) {
            for (int j = 0; j < features; j++) {
                indices[start + j] = j;
            }
        }

        private void grow(int more) {
            if (rows == keys.length) {
                keys = Arrays.copyOf(keys, 2 * rows);
                labels = Arrays.copyOf(labels, 2 * rows);
                weights = Arrays.copyOf(weights, 2 * rows);
                folds = Arrays.copyOf(folds, 2 * rows);
                starts = Arrays.copyOf(starts, 2 * rows + 1);
            }
            if (count + more > values.length) {
                int length = Math.max(2 * values.length, count + more);
                indices = Arrays.copyOf(indices, length);
                values = Arrays.copyOf(values, length);
            }
        }

        PackedRows pack() {
            PackedRows packed = new PackedRows(
                    Arrays.copyOf(keys, rows),
                    Arrays.copyOf(labels, rows),
                    Arrays.copyOf(weights, rows),
                    Arrays.copyOf(folds, rows),
                    Arrays.copyOf(starts, rows + 1),
                    complete ? null : Arrays.copyOf(indices, count),
                    PackedValues.of(values, count));
            rows = 0;
            count = 0;
            complete = true;
            return packed;
        }
    }
}
