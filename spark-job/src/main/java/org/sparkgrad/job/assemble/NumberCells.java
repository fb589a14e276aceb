package org.sparkgrad.job.assemble;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;

/** Reads numbers from cells. */
final class NumberCells {
    private NumberCells() {}

    /** Returns whether a cell is null or NaN. */
    static boolean isMissing(@Nullable Object cell) {
        return cell == null || (cell instanceof Number number && Double.isNaN(number.doubleValue()));
    }

    /**
     * Returns the number in a cell; true is 1 and false 0.
     *
     * @throws JobException with row and column, if the cell has no number or a number that is not finite
     */
    static double of(long row, String column, @Nullable Object cell) {
        if (cell instanceof Number number) {
            return finite(row, column, number.doubleValue());
        }
        if (cell instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        throw JobException.data("Row " + row + " has "
                + (cell == null ? "no number" : "\"" + cell + "\" rather than a number") + " in column " + column
                + ": fill it in, leave the row out or ignore the column.");
    }

    /**
     * Returns the given number.
     *
     * @throws JobException with row and column, if the number is not finite
     */
    static double finite(long row, String column, double value) {
        if (!Double.isFinite(value)) {
            throw JobException.data("Row " + row + " has " + value + " in column " + column
                    + ": numbers are finite. Mend it, leave the row out or ignore the column.");
        }
        return value;
    }
}
