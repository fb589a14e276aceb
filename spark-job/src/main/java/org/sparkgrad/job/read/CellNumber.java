package org.sparkgrad.job.read;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads a number from the bytes of a cell in one pass. The kinds and numbers are those of {@link CellFormat}, to the bit.
 * Unusual numbers, such as those with separators between groups of digits, are left to that class.
 */
final class CellNumber {
    /** Each whole number up to this one is a double. */
    static final long LARGEST_EXACT = 1L << 53;

    /** The powers of ten that are doubles. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** Every number with this many digits fits into a long. */
    private static final int LONG_DIGITS = 18;

    private static final int LARGEST_EXPONENT = 99_999;

    private final boolean readable;
    private final byte point;
    private long whole;
    private double value;

    CellNumber(CellFormat format) {
        this.readable = format.isReadByBytes();
        this.point = (byte) format.decimal();
    }

    /** Reads a cell and returns its kind; null if the cell is no number, or an unusual one. */
    @Nullable
    CellKind read(byte[] bytes, int from, int to) {
        if (!readable) {
            return null;
        }
        int at = from;
        boolean negative = false;
        if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
            negative = bytes[at++] == '-';
        }
        int first = at;
        long digits = 0;
        int counted = 0; // digits from the first one that is not 0
        int fractions = 0;
        for (; at < to && isDigit(bytes[at]); at++) {
            digits = 10 * digits + bytes[at] - '0';
            counted += digits == 0 ? 0 : 1;
        }
        int read = at - first;
        boolean isWhole = at == to && read <= LONG_DIGITS;
        if (at < to && bytes[at] == point) {
            at++;
            int start = at;
            for (; at < to && isDigit(bytes[at]); at++) {
                digits = 10 * digits + bytes[at] - '0';
                counted += digits == 0 ? 0 : 1;
            }
            fractions = at - start;
            read += fractions;
        }
        if (read == 0 || counted > LONG_DIGITS) {
            return null;
        }
        int exponent = -fractions;
        if (at < to && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            boolean below = false;
            if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
                below = bytes[at++] == '-';
            }
            int start = at;
            int power = 0;
            for (; at < to && isDigit(bytes[at]) && power <= LARGEST_EXPONENT; at++) {
                power = 10 * power + bytes[at] - '0';
            }
            if (at == start) {
                return null;
            }
            exponent += below ? -power : power;
        }
        if (at < to) {
            return null;
        }
        if (isWhole) {
            whole = negative ? -digits : digits;
            value = negative ? -(double) digits : digits;
            return CellKind.WHOLE;
        }
        return number(digits, exponent, negative, bytes, from, to) ? CellKind.NUMBER : null;
    }

    /** Computes the value; returns false if the parser of other texts must do it. */
    private boolean number(long digits, int exponent, boolean negative, byte[] bytes, int from, int to) {
        if (digits <= LARGEST_EXACT && Math.abs(exponent) < POWERS.length) {
            // Both numbers are exact, so the result is rounded once.
            double size = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
            value = negative ? -size : size;
            return true;
        }
        if (point != '.') {
            return false;
        }
        value = JavaDoubleParser.parseDouble(bytes, from, to - from);
        return true;
    }

    /** Returns the last number. */
    double value() {
        return value;
    }

    /** Returns the last number, if it is whole. */
    long whole() {
        return whole;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
