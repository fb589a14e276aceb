package org.sparkgrad.job.read;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The kinds of cells in a text column. The kind of a column is the widest kind among its cells.
 *
 * <p>The kinds match Spark's schema inference where a saved pipeline depends on it: the label 1 is the text "1" in a
 * column of whole numbers and "1.0" in a column of other numbers.
 */
public enum CellKind {
    /** Only missing cells. */
    EMPTY,
    /** A whole number of at most 18 digits. */
    WHOLE,
    /** A decimal number or infinity. */
    NUMBER,
    /** Anything else. */
    TEXT;

    /** Every number with this many digits fits into a long. */
    private static final int LONG_DIGITS = 18;

    /** Returns the wider of two kinds. */
    CellKind or(CellKind other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Returns the column type for cells of this kind; a column without cells has the type of numbers. */
    DataType type() {
        return switch (this) {
            case WHOLE -> DataTypes.LongType;
            case EMPTY, NUMBER -> DataTypes.DoubleType;
            case TEXT -> DataTypes.StringType;
        };
    }

    /** Returns whether a cell is a whole number of at most 18 digits, with or without a sign. */
    static boolean isWhole(String cell) {
        if (cell.isEmpty()) {
            return false;
        }
        int first = cell.charAt(0) == '-' || cell.charAt(0) == '+' ? 1 : 0;
        int digits = cell.length() - first;
        if (digits == 0 || digits > LONG_DIGITS) {
            return false;
        }
        for (int i = first; i < cell.length(); i++) {
            if (!isDigit(cell.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a cell is a decimal number or infinite. */
    static boolean isNumber(String cell) {
        return isDecimal(cell) || !Double.isNaN(special(cell));
    }

    /** Returns whether {@link Double#parseDouble} accepts a cell that has no names, hexadecimal digits or suffixes. */
    private static boolean isDecimal(String cell) {
        int first = afterSign(cell, 0);
        int point = afterDigits(cell, first);
        int end = point;
        int digits = point - first;
        if (point < cell.length() && cell.charAt(point) == '.') {
            end = afterDigits(cell, point + 1);
            digits += end - point - 1;
        }
        if (digits > 0 && end < cell.length() && (cell.charAt(end) == 'e' || cell.charAt(end) == 'E')) {
            int exponent = afterSign(cell, end + 1);
            end = afterDigits(cell, exponent);
            digits = end - exponent;
        }
        return digits > 0 && end == cell.length();
    }

    private static int afterSign(String cell, int at) {
        return at < cell.length() && (cell.charAt(at) == '-' || cell.charAt(at) == '+') ? at + 1 : at;
    }

    private static int afterDigits(String cell, int from) {
        int at = from;
        while (at < cell.length() && isDigit(cell.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Returns the infinite number that a cell names, or NaN. */
    static double special(String cell) {
        return switch (cell) {
            case "inf", "+inf", "Inf", "+Inf", "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-Inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
