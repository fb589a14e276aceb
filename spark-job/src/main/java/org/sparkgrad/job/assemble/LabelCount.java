package org.sparkgrad.job.assemble;

import org.jspecify.annotations.Nullable;

/**
 * One value of the label column.
 *
 * @param value the cell, text or a number
 * @param text the cell as Spark casts it to text
 * @param rows how many rows have it
 * @param firstRow the lowest number of such a row
 */
record LabelCount(@Nullable Object value, @Nullable String text, long rows, long firstRow) {
    /** Whether there is no label in it. */
    boolean isMissing() {
        return value == null || value.equals("") || (value instanceof Number && Double.isNaN(number()));
    }

    /** Returns the cell as a number. */
    double number() {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Returns the label as users write it: a whole number without a point. */
    String label() {
        return value instanceof Number ? Long.toString((long) number()) : String.valueOf(value);
    }

    /** Returns the cell as Spark writes it. */
    String cell() {
        return String.valueOf(text);
    }
}
