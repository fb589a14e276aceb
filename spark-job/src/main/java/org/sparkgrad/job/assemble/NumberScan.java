package org.sparkgrad.job.assemble;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What one pass finds in a column of numbers. */
final class NumberScan implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExactSum sum = new ExactSum();
    private long numbers;
    private long missing;

    /** Adds a cell and returns whether it is missing; what is not finite is left to the reader of rows. */
    boolean add(@Nullable Object cell) {
        if (NumberCells.isMissing(cell)) {
            missing++;
            return true;
        }
        double value = cell instanceof Number number ? number.doubleValue() : Boolean.TRUE.equals(cell) ? 1 : 0;
        if (Double.isFinite(value)) {
            sum.add(value);
        }
        numbers++;
        return false;
    }

    void add(NumberScan other) {
        sum.add(other.sum);
        numbers += other.numbers;
        missing += other.missing;
    }

    /** Returns how many cells are missing. */
    long missing() {
        return missing;
    }

    /** Returns whether no cell has a number. */
    boolean isEmpty() {
        return numbers == 0;
    }

    /** Returns the mean of the numbers. */
    double mean() {
        return sum.mean(numbers);
    }
}
