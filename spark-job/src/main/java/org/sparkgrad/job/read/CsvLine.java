package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of delimited text, cut into cells by RFC 4180: a cell may stand in double quotes, and a quote within it is
 * doubled. Blanks around a cell are no part of it; those within quotes are.
 */
final class CsvLine {
    private CsvLine() {}

    /** Returns the cells of a line, or null if a quoted cell does not end on it. */
    static @Nullable List<String> cells(String line, char delimiter) {
        List<String> cells = new ArrayList<>();
        int start = 0;
        while (true) {
            int first = skipBlanks(line, start, delimiter);
            int end;
            if (first < line.length() && line.charAt(first) == '"') {
                int closing = closingQuote(line, first);
                if (closing < 0) {
                    return null;
                }
                end = delimiterFrom(line, closing + 1, delimiter);
                String rest = line.substring(closing + 1, end).strip();
                cells.add(line.substring(first + 1, closing).replace("\"\"", "\"") + rest);
            } else {
                end = delimiterFrom(line, first, delimiter);
                cells.add(line.substring(first, end).strip());
            }
            if (end == line.length()) {
                return cells;
            }
            start = end + 1;
        }
    }

    /**
     * Whether a quoted cell is open at the end of a line.
     *
     * @param inside whether one was open at its start
     */
    static boolean endsInside(String line, char delimiter, boolean inside) {
        int end = -1;
        if (inside) {
            int closing = closingQuote(line, -1);
            if (closing < 0) {
                return true;
            }
            end = delimiterFrom(line, closing + 1, delimiter);
        }
        while (end < line.length()) {
            int first = skipBlanks(line, end + 1, delimiter);
            if (first < line.length() && line.charAt(first) == '"') {
                int closing = closingQuote(line, first);
                if (closing < 0) {
                    return true;
                }
                first = closing + 1;
            }
            end = delimiterFrom(line, first, delimiter);
        }
        return false;
    }

    private static int skipBlanks(String line, int from, char delimiter) {
        int at = from;
        while (at < line.length() && line.charAt(at) != delimiter && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int closingQuote(String line, int opening) {
        int at = line.indexOf('"', opening + 1);
        while (at >= 0 && at + 1 < line.length() && line.charAt(at + 1) == '"') {
            at = line.indexOf('"', at + 2);
        }
        return at;
    }

    private static int delimiterFrom(String line, int from, char delimiter) {
        int at = line.indexOf(delimiter, from);
        return at < 0 ? line.length() : at;
    }
}
