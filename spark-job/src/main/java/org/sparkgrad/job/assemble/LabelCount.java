package org.sparkgrad.job.assemble;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The count of one value in the label column.
 *
 * @param value the cell, text or a number
 * @param text the cell, cast to text by Spark
 * @param rows the number of rows with this value
 * @param firstRow the lowest row number with this value
 */
record LabelCount(@Nullable Object value, @Nullable String text, long rows, long firstRow) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Returns the sum of two counts of one value, with the smaller of their texts. */
    LabelCount merge(LabelCount other) {
        String least = String.valueOf(text).compareTo(String.valueOf(other.text)) <= 0 ? text : other.text;
        return new LabelCount(value, least, rows + other.rows, Math.min(firstRow, other.firstRow));
    }

    /** Returns whether the cell contains no label. */
    boolean isMissing() {
        return value == null || value.equals("") || (value instanceof Number && Double.isNaN(number()));
    }

    /** Returns the cell as a number. */
    double number() {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Returns whether the cell is a number with a fraction. */
    boolean isFraction() {
        return value instanceof Number && number() != Math.rint(number());
    }

    /** Returns the label as users write it, whole numbers without a decimal point. */
    String label() {
        return value == null ? "" : LabelText.of(value);
    }

    /** Returns the cell as Spark writes it. */
    String cell() {
        return String.valueOf(text);
    }
}
