package org.sparkgrad.job.assemble;

import java.math.BigDecimal;

/** Formats labels as users write them. Equal numbers have the same text, whatever their type. */
final class LabelText {
    /** Whole numbers below this limit are written without an exponent. */
    private static final double MOST_WHOLE = 1e18;

    private LabelText() {}

    /** Returns the label of a cell: whole numbers without a decimal point, other values as Java writes them. */
    static String of(Object cell) {
        if (cell instanceof BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        if (cell instanceof Double || cell instanceof Float) {
            double number = ((Number) cell).doubleValue();
            boolean whole = number == Math.rint(number) && Math.abs(number) < MOST_WHOLE;
            return whole ? Long.toString((long) number) : cell.toString();
        }
        return cell.toString();
    }

    /** Returns the label of the number that a text contains; the text itself if it is no number. */
    static String ofNumber(String text) {
        try {
            return Long.toString(Long.parseLong(text));
        } catch (NumberFormatException notWhole) {
            try {
                return of(Double.parseDouble(text));
            } catch (NumberFormatException none) {
                return text;
            }
        }
    }
}
