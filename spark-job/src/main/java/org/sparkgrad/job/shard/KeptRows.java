package org.sparkgrad.job.shard;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkgrad.job.assemble.BatchKeeper;
import org.sparkgrad.job.assemble.RowBatch;

/**
 * Keeps the rows of a training table on this JVM's heap, those to train on and those held out.
 *
 * @param training the id of the {@link LocalRows} of the rows to train on
 * @param heldOut the id of the {@link LocalRows} of the other rows
 * @param fraction the fraction of rows that are held out
 * @param seed the seed that chooses them
 */
record KeptRows(String training, String heldOut, double fraction, long seed) implements BatchKeeper {
    @Override
    public KeptPartition open(int partition) {
        LocalRows.Packer packer = new LocalRows.Packer(training);
        LocalRows.Packer others = new LocalRows.Packer(heldOut);
        return new KeptPartition() {
            @Override
            public int[] order(long[] numbers) {
                int[] order = KeyOrder.of(ShardKey.of(seed, numbers));
                return fraction == 0 ? order : trainingFirst(order, numbers);
            }

            @Override
            public boolean add(RowBatch batch) {
                if (fraction == 0) {
                    return packer.add(batch);
                }
                int training = 0;
                while (training < batch.rows() && !isHeldOut(batch.ids()[training])) {
                    training++;
                }
                return packer.add(part(batch, 0, training)) && others.add(part(batch, training, batch.rows()));
            }

            @Override
            public void giveUp() {
                packer.giveUp();
            }

            @Override
            public void end() {
                packer.end(partition);
                others.end(partition);
            }
        };
    }

    private int[] trainingFirst(int[] order, long[] numbers) {
        return IntStream.concat(
                        Arrays.stream(order).filter(row -> !isHeldOut(numbers[row])),
                        Arrays.stream(order).filter(row -> isHeldOut(numbers[row])))
                .toArray();
    }

    private static RowBatch part(RowBatch batch, int from, int to) {
        return PackMerge.of(batch, IntStream.range(from, to).toArray());
    }

    private boolean isHeldOut(long number) {
        return Holdout.contains(number, fraction, seed);
    }

    @Override
    public void label(int partition, List<Integer> classes) {
        LocalRows.of(training).label(partition, classes);
        LocalRows.of(heldOut).label(partition, classes);
    }
}
