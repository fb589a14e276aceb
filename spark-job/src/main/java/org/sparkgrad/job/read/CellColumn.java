package org.sparkgrad.job.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.CellVector.Texts;

/**
 * The cells of a column in some rows: counts them, and keeps them as numbers or as codes of texts. A column in which the
 * first text follows a number, or follows a text that is missing among numbers, is counted only: its first cells can be
 * read as text once they are known to be.
 */
final class CellColumn {
    private static final int FIRST_SIZE = 256;

    /** The bytes of a text with its code, or of a number in a map, roughly. */
    private static final int OBJECT = 80;

    private final CellFormat format;
    private final CellNumber number;
    private final ColumnScan scan = new ColumnScan();
    private final TextCodes texts = new TextCodes();
    private CellKind[] kinds = new CellKind[0];
    private long[] cells = new long[0];
    private long[] places = new long[0];
    /** The numbers of the rows, NaN where a cell is missing; empty for a column of text. */
    private double[] numbers = new double[0];
    /** Whole numbers that are no doubles, by row. */
    private final Map<Integer, Long> large = new HashMap<>();
    /** The codes of the rows, -1 for an empty cell; empty for a column of numbers. */
    private int[] codes = new int[0];

    private int rows;
    private boolean isText;
    private boolean anyNumber;
    private boolean anyMissing;
    private boolean kept;

    /**
     * @param isText whether the column is known to be one of text
     * @param kept whether the cells are kept
     */
    CellColumn(CellFormat format, boolean isText, boolean kept) {
        this.format = format;
        this.number = new CellNumber(format);
        this.isText = isText;
        this.kept = kept;
    }

    /**
     * Adds a cell, without the blanks around it.
     *
     * @param place the place of the cell, in an order that all scans of the table share
     */
    void add(byte[] bytes, int from, int to, long place) {
        if (from == to) {
            scan.addEmpty();
            put(-1, Double.NaN);
            return;
        }
        CellKind kind = isText ? null : number.read(bytes, from, to);
        if (kind != null) {
            scan.addNumber(kind);
            addNumber(kind, number.value(), number.whole());
            return;
        }
        int code = texts.find(bytes, from, to);
        if (code < 0) {
            String text = CellVector.text(bytes, from, to);
            kind = format.kindOf(text);
            if (!isText && (kind == CellKind.WHOLE || kind == CellKind.NUMBER)) {
                scan.addNumber(kind);
                Number value = (Number) Objects.requireNonNull(format.value(text, kind));
                addNumber(kind, value.doubleValue(), value.longValue());
                return;
            }
            code = newText(bytes, from, to, kind, place);
            if (code < 0) {
                scan.add(text, place, format);
                isText |= kind == CellKind.TEXT;
                drop();
                return;
            }
        }
        cells[code]++;
        anyMissing |= kinds[code] == CellKind.EMPTY;
        if (kinds[code] == CellKind.TEXT && !isText) {
            becomeText();
        }
        put(code, Double.NaN);
    }

    /** Adds a cell as {@link #add(byte[], int, int, long)} does. */
    void add(String cell, long place) {
        byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
        add(bytes, 0, bytes.length, place);
    }

    private int newText(byte[] bytes, int from, int to, CellKind kind, long place) {
        int code = texts.add(bytes, from, to);
        if (code >= 0) {
            if (code == kinds.length) {
                int size = Math.max(16, 2 * code);
                kinds = Arrays.copyOf(kinds, size);
                cells = Arrays.copyOf(cells, size);
                places = Arrays.copyOf(places, size);
            }
            kinds[code] = kind;
            places[code] = place;
        }
        return code;
    }

    private void addNumber(CellKind kind, double value, long whole) {
        anyNumber = true;
        if (kept && kind == CellKind.WHOLE && Math.abs(whole) > CellNumber.LARGEST_EXACT) {
            large.put(rows, whole);
        }
        put(-1, value);
    }

    private void put(int code, double value) {
        if (kept) {
            if (isText) {
                if (rows == codes.length) {
                    codes = Arrays.copyOf(codes, Math.max(FIRST_SIZE, rows + rows / 2));
                }
                codes[rows] = code;
            } else {
                if (rows == numbers.length) {
                    numbers = Arrays.copyOf(numbers, Math.max(FIRST_SIZE, rows + rows / 2));
                }
                numbers[rows] = value;
            }
        }
        rows++;
    }

    private void becomeText() {
        isText = true;
        if (anyNumber || anyMissing) {
            drop();
        } else {
            codes = new int[numbers.length];
            Arrays.fill(codes, 0, rows, -1);
            numbers = new double[0];
        }
    }

    /** Keeps no cells from now on. */
    void drop() {
        kept = false;
        numbers = new double[0];
        codes = new int[0];
        large.clear();
    }

    /** Returns the bytes of the kept cells, roughly. */
    long bytes() {
        return (long) Double.BYTES * numbers.length
                + (long) Integer.BYTES * codes.length
                + OBJECT * ((long) large.size() + texts.size());
    }

    /** Ends the column and returns the counts. */
    ColumnScan end() {
        for (int code = 0; code < texts.size(); code++) {
            scan.add(texts.text(code), cells[code], places[code], format);
        }
        numbers = numbers.length > rows ? Arrays.copyOf(numbers, rows) : numbers;
        codes = codes.length > rows ? Arrays.copyOf(codes, rows) : codes;
        return scan;
    }

    /**
     * Returns the kept cells as those of a column of a kind, after the end; null if they
     * are not kept, or are of another kind.
     */
    @Nullable
    CellVector vector(CellKind kind) {
        if (!kept) {
            return null;
        }
        if (kind == CellKind.TEXT) {
            return isText || !(anyNumber || anyMissing) ? texts() : null;
        }
        if (isText) {
            return null;
        }
        return kind == CellKind.WHOLE ? new CellVector.Wholes(numbers, large) : new CellVector.Numbers(numbers);
    }

    private CellVector texts() {
        int[] values = isText ? codes : new int[rows];
        if (!isText) {
            Arrays.fill(values, -1);
        }
        @Nullable String[] known = new @Nullable String[texts.size()];
        for (int code = 0; code < known.length; code++) {
            String text = texts.text(code);
            known[code] = format.isMissing(text, CellKind.TEXT) ? null : text;
        }
        return new Texts(values, known);
    }
}
