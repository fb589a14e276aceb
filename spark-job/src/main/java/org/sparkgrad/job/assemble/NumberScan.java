package org.sparkgrad.job.assemble;

import java.io.Serializable;

/** The results of one pass over a number column. */
final class NumberScan implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExactSum sum = new ExactSum();
    private long numbers;
    private long missing;

    /**
     * Adds a number, NaN for a missing one, and returns whether it is missing. Infinite numbers are refused later, when rows
     * are read.
     */
    boolean add(double value) {
        if (Double.isNaN(value)) {
            missing++;
            return true;
        }
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

    /** Returns the number of missing cells. */
    long missing() {
        return missing;
    }

    /** Returns whether the column contains no number. */
    boolean isEmpty() {
        return numbers == 0;
    }

    /** Returns the mean of the numbers. */
    double mean() {
        return sum.mean(numbers);
    }
}
