package org.sparkgrad.job.read;

import java.util.Arrays;

/**
 * Finds the cells of plain records in their bytes, as {@link CsvLine} does in text. Records that need more than a look at
 * each byte, such as doubled quotes, are left to that class.
 */
final class CsvCells {
    /** The result of {@link #cut} for a record that {@link CsvLine} must split. */
    static final int UNUSUAL = -1;

    private static final int NONE = -1;
    private static final int LAST_OF_ASCII = 127;

    private final boolean readable;
    private final boolean blanks;
    private final int delimiter;
    private final int quote;
    private final int escape;
    private int[] bounds = new int[64];

    CsvCells(CsvDialect dialect) {
        this.blanks = dialect.delimiter() == null;
        this.delimiter = dialect.delimiter() == null ? ' ' : dialect.delimiter();
        this.quote = dialect.quote() == null ? NONE : dialect.quote();
        this.escape = dialect.escape() == null ? NONE : dialect.escape();
        this.readable = Math.max(delimiter, Math.max(quote, escape)) <= LAST_OF_ASCII;
    }

    /**
     * Splits a plain record.
     *
     * @param bytes the bytes, with the record in [from, to)
     * @return the number of cells, 0 for an empty line, or {@link #UNUSUAL}
     */
    int cut(byte[] bytes, int from, int to) {
        int length = blanks ? withoutBlanks(bytes, from, to) : to;
        int at = from;
        int cells = 0;
        while (readable) {
            at = firstOfCell(bytes, at, length);
            int end;
            if (at < length && bytes[at] == quote) {
                int closing = closingQuote(bytes, at, length);
                end = closing < 0 ? -1 : endOfCell(bytes, closing + 1, length);
                if (end < 0 || firstNotBlank(bytes, closing + 1, end) < end) {
                    return UNUSUAL;
                }
                add(cells++, at + 1, closing);
            } else {
                end = endOfCell(bytes, at, length);
                add(cells++, at, withoutBlanks(bytes, at, end));
            }
            if (end == length) {
                return cells == 1 && from(0) == to(0) && firstNotBlank(bytes, from, to) == to ? 0 : cells;
            }
            at = end + 1;
        }
        return UNUSUAL;
    }

    /** Returns the first byte of a cell of the last record. */
    int from(int cell) {
        return bounds[2 * cell];
    }

    /** Returns the byte after a cell of the last record. */
    int to(int cell) {
        return bounds[2 * cell + 1];
    }

    private void add(int cell, int from, int to) {
        if (2 * cell == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * cell] = from;
        bounds[2 * cell + 1] = to;
    }

    private int firstOfCell(byte[] bytes, int from, int length) {
        int at = from;
        while (at < length && isBlank(bytes[at]) && (blanks || bytes[at] != delimiter)) {
            at++;
        }
        return at;
    }

    private int endOfCell(byte[] bytes, int from, int length) {
        int at = from;
        if (blanks) {
            while (at < length && bytes[at] != ' ' && bytes[at] != '\t') {
                at++;
            }
            return at;
        }
        while (at < length && bytes[at] != delimiter) {
            at++;
        }
        return at;
    }

    /**
     * Returns the next quote after an opening one; -1 if there is none, or an escape before it. After a doubled quote no
     * delimiter follows, so that such a record is unusual.
     */
    private int closingQuote(byte[] bytes, int opening, int length) {
        for (int at = opening + 1; at < length; at++) {
            if (bytes[at] == escape) {
                return -1;
            }
            if (bytes[at] == quote) {
                return at;
            }
        }
        return -1;
    }

    private static int firstNotBlank(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static int withoutBlanks(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && isBlank(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    /** Returns whether {@link Character#isWhitespace} holds for a byte of ASCII. */
    private static boolean isBlank(byte b) {
        return b <= ' ' && (b == ' ' || (b >= '\t' && b <= '\r') || (b >= 0x1C && b <= 0x1F));
    }
}
