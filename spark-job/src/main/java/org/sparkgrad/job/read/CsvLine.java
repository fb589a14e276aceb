package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits one record of delimited text into cells as RFC 4180 defines. A cell may be quoted. A quote within a quoted
 * cell is doubled, or escaped if the dialect has an escape character. A quoted cell ends at a quote before a delimiter
 * or before the end of the record. Blanks around a cell do not belong to the cell; blanks within quotes do.
 */
final class CsvLine {
    private final CsvDialect dialect;
    private final @Nullable Character quote;
    private final @Nullable Character delimiter;

    CsvLine(CsvDialect dialect) {
        this.dialect = dialect;
        this.quote = dialect.quote();
        this.delimiter = dialect.delimiter();
    }

    /** Errors in the quotes of a record. */
    enum Fault {
        /** A quoted cell does not end. */
        OPEN,
        /** There is text between a closing quote and the next delimiter. */
        TEXT_AFTER_QUOTE
    }

    /**
     * A record with wrong quotes.
     *
     * @param fault the error
     * @param at the place of the cell's opening quote
     */
    record Wrong(Fault fault, int at) {}

    /** Returns the cells of a record, or null if its quotes are wrong. {@link #wrong} returns the error. */
    @Nullable
    List<String> cells(String record) {
        List<String> cells = new ArrayList<>();
        return cut(record, cells, false) == null ? cells : null;
    }

    /** Returns the error in the quotes of a record, or null. */
    @Nullable
    Wrong wrong(String record) {
        return cut(record, null, false);
    }

    /**
     * Returns the number of cells of a line, as if the line were a complete record: a cell with wrong quotes is plain
     * text.
     */
    int width(String line) {
        List<String> cells = new ArrayList<>();
        cut(line, cells, true);
        return cells.size();
    }

    /**
     * Returns whether a quoted cell is open at the end of a line.
     *
     * @param inside whether a quoted cell is open at the start of the line
     */
    boolean endsInside(String line, boolean inside) {
        String rest = line;
        if (inside && quote != null) {
            int closing = closingQuote(line, -1, quote);
            int end = closing < 0 ? line.length() : endOfCell(line, closing + 1, line.length());
            if (end == line.length()) {
                return closing < 0;
            }
            rest = line.substring(end + 1);
        }
        Wrong wrong = wrong(rest);
        return wrong != null && wrong.fault() == Fault.OPEN && dialect.maySpan();
    }

    /**
     * Splits a record and returns the error in its quotes, or null.
     *
     * @param cells the list that receives the cells, or null
     * @param lenient whether a cell with wrong quotes is plain text
     */
    private @Nullable Wrong cut(String record, @Nullable List<String> cells, boolean lenient) {
        int start = 0;
        int length = delimiter == null ? record.stripTrailing().length() : record.length();
        while (true) {
            int first = skipBlanks(record, start, length);
            int end;
            if (quote != null && first < length && record.charAt(first) == quote) {
                int closing = closingQuote(record, first, quote);
                end = closing < 0 ? -1 : endOfCell(record, closing + 1, length);
                boolean ends = end >= 0 && record.substring(closing + 1, end).isBlank();
                if (ends) {
                    if (cells != null) {
                        cells.add(unquoted(record.substring(first + 1, closing), quote));
                    }
                } else if (lenient || (dialect.plainQuotes() && !(closing < 0 && dialect.maySpan()))) {
                    end = endOfCell(record, first, length);
                    if (cells != null) {
                        cells.add(record.substring(first, end).strip());
                    }
                } else {
                    return new Wrong(closing < 0 ? Fault.OPEN : Fault.TEXT_AFTER_QUOTE, first);
                }
            } else {
                end = endOfCell(record, first, length);
                if (cells != null) {
                    cells.add(record.substring(first, end).strip());
                }
            }
            if (end == length) {
                return null;
            }
            start = end + 1;
        }
    }

    private int skipBlanks(String record, int from, int length) {
        int at = from;
        while (at < length && !isDelimiter(record.charAt(at)) && Character.isWhitespace(record.charAt(at))) {
            at++;
        }
        if (delimiter == null) {
            while (at < length && Character.isWhitespace(record.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    private boolean isDelimiter(char c) {
        return delimiter == null ? c == ' ' || c == '\t' : c == delimiter;
    }

    private int endOfCell(String record, int from, int length) {
        if (delimiter != null) {
            int at = record.indexOf(delimiter, from);
            return at < 0 ? length : at;
        }
        int at = from;
        while (at < length && !isDelimiter(record.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Returns the end of the quoted cell that opens at a place, or -1. */
    private int closingQuote(String record, int opening, char mark) {
        for (int at = opening + 1; at < record.length(); at++) {
            char c = record.charAt(at);
            char next = at + 1 < record.length() ? record.charAt(at + 1) : 0;
            if (isEscaped(c, next, mark)) {
                at++;
            } else if (c == mark) {
                if (next != mark) {
                    return at;
                }
                at++;
            }
        }
        return -1;
    }

    private boolean isEscaped(char c, char next, char mark) {
        Character escape = dialect.escape();
        return escape != null && c == escape && (next == mark || next == escape);
    }

    private String unquoted(String cell, char mark) {
        if (cell.indexOf(mark) < 0 && (dialect.escape() == null || cell.indexOf(dialect.escape()) < 0)) {
            return cell;
        }
        StringBuilder text = new StringBuilder(cell.length());
        for (int at = 0; at < cell.length(); at++) {
            char c = cell.charAt(at);
            char next = at + 1 < cell.length() ? cell.charAt(at + 1) : 0;
            if (isEscaped(c, next, mark) || (c == mark && next == mark)) {
                at++;
                text.append(next);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
