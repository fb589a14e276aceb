package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * The results of the first pass over one column of text cells. All results are counts, so the order of merging has no
 * effect.
 */
final class ColumnScan implements Serializable {
    private static final long serialVersionUID = 1L;

    private CellKind kind = CellKind.EMPTY;
    private long empty;
    private long numbers;
    private long texts;
    private String firstText = "";
    private long firstTextPlace = Long.MAX_VALUE;
    private final Map<String, Long> missing = new HashMap<>();

    /**
     * Adds a cell.
     *
     * @param place the place of the cell, in an order that all merged scans share
     */
    void add(String cell, long place, CellFormat format) {
        add(cell, 1, place, format);
    }

    /**
     * Adds equal cells.
     *
     * @param place the place of the first one
     */
    void add(String cell, long cells, long place, CellFormat format) {
        if (cell.isEmpty()) {
            empty += cells;
            return;
        }
        CellKind found = format.kindOf(cell);
        if (found == CellKind.TEXT) {
            texts += cells;
            see(cell, place);
        } else if (found != CellKind.EMPTY) {
            numbers += cells;
        }
        if (found == CellKind.EMPTY || (found == CellKind.TEXT && format.mayBeMissing(cell))) {
            missing.merge(cell, cells, Long::sum);
        }
        kind = kind.or(found);
    }

    /** Adds an empty cell. */
    void addEmpty() {
        empty++;
    }

    /** Adds a cell of a number. */
    void addNumber(CellKind found) {
        numbers++;
        kind = kind.or(found);
    }

    /** Adds another scan of the same column, of cells in the same order of places. */
    void add(ColumnScan other) {
        kind = kind.or(other.kind);
        empty += other.empty;
        numbers += other.numbers;
        texts += other.texts;
        other.missing.forEach((text, cells) -> missing.merge(text, cells, Long::sum));
        see(other.firstText, other.firstTextPlace);
    }

    private void see(String text, long place) {
        if (place < firstTextPlace) {
            firstTextPlace = place;
            firstText = text;
        }
    }

    /** Returns the widest kind of all cells. */
    CellKind kind() {
        return kind;
    }

    /** Returns how many cells are numbers. */
    long numbers() {
        return numbers;
    }

    /** Returns how many cells are neither numbers nor missing values of a column of numbers. */
    long texts() {
        return texts;
    }

    /** Returns whether all cells are empty. */
    boolean isEmpty() {
        return numbers + texts == 0 && missing.isEmpty();
    }

    /** Returns the first cell that is neither a number nor a missing value of a column of numbers. */
    String firstText() {
        return firstText;
    }

    /** Returns the place of {@link #firstText}. */
    long firstTextPlace() {
        return firstTextPlace;
    }

    /**
     * Returns how many cells of each text are missing in a column of the given kind; empty cells count as the text "".
     */
    Map<String, Long> missing(CellKind column, CellFormat format) {
        Map<String, Long> found = new HashMap<>();
        missing.forEach((text, cells) -> {
            if (format.isMissing(text, column)) {
                found.put(text, cells);
            }
        });
        if (empty > 0) {
            found.put("", empty);
        }
        return found;
    }
}
