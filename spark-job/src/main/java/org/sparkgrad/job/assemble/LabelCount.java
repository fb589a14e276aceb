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
    /** Returns both counts of a value together, with the lesser text. */
    LabelCount merge(LabelCount other) {
        String least = String.valueOf(text).compareTo(String.valueOf(other.text)) <= 0 ? text : other.text;
        return new LabelCount(value, least, rows + other.rows, Math.min(firstRow, other.firstRow));
    }

    /** Whether there is no label in it. */
    boolean isMissing() {
        return value == null || value.equals("") || (value instanceof Number && Double.isNaN(number()));
    }

    /** Returns the cell as a number. */
    double number() {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Whether it is a number with a fraction. */
    boolean isFraction() {
        return value instanceof Number && number() != Math.rint(number());
    }

    /** Returns the label as users write it: a whole number without a point. */
    String label() {
        return value == null ? "" : LabelText.of(value);
    }

    /** Returns the cell as Spark writes it. */
    String cell() {
        return String.valueOf(text);
    }
}
