package org.sparkgrad.job.exchange.pass;

import java.io.Serializable;
import org.sparkgrad.gpu.block.RowRange;

/**
 * The rows of one step: slot t of the T slots of an epoch. In a shard of n rows, slot t has the rows
 * {@code [floor(t n / T), floor((t + 1) n / T))}. Slot 0 of 1 is all data.
 *
 * @param index t
 * @param slots T
 */
public record BatchSlot(int index, int slots) implements Serializable {
    /** All data. */
    public static final BatchSlot ALL = new BatchSlot(0, 1);

    /** Checks that 0 <= t < T. */
    public BatchSlot {
        if (index < 0 || index >= slots) {
            throw new IllegalArgumentException("no slot " + index + " of " + slots);
        }
    }

    /** Returns the slot's rows of a shard of the given number of rows. */
    public RowRange of(int rows) {
        return new RowRange((int) ((long) index * rows / slots), (int) ((long) (index + 1) * rows / slots));
    }
}
