package org.sparkgrad.job.shard;

import java.util.List;
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
            public boolean add(RowBatch batch) {
                if (fraction == 0) {
                    return packer.add(batch);
                }
                return packer.add(Holdout.part(batch, fraction, seed, false))
                        && others.add(Holdout.part(batch, fraction, seed, true));
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

    @Override
    public void label(int partition, List<Integer> classes) {
        LocalRows.of(training).label(partition, classes);
        LocalRows.of(heldOut).label(partition, classes);
    }
}
