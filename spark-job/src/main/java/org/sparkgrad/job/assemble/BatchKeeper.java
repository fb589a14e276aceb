package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.List;

/** Keeps the rows of a training table while their labels are counted, so that the table is read once. */
public interface BatchKeeper extends Serializable {
    /** Starts the rows of a partition, within a task. */
    KeptPartition open(int partition);

    /**
     * Replaces the labels of a partition's rows, which are codes so far.
     *
     * @param classes the class of each code
     */
    void label(int partition, List<Integer> classes);

    /** The rows of one partition. */
    interface KeptPartition {
        /**
         * Returns the order in which rows are to be added, as places in the argument.
         *
         * @param numbers the numbers of the rows that are read next
         */
        int[] order(long[] numbers);

        /**
         * Adds rows in this order, whose labels are codes, and returns whether the table is still kept. The caller must
         * not change the rows later.
         */
        boolean add(RowBatch batch);

        /** Gives up keeping the table: some rows cannot be read this way. */
        void giveUp();

        /** Ends the partition. */
        void end();
    }
}
