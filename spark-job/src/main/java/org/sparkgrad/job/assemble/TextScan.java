package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkgrad.job.read.CellFormat;
import org.sparkgrad.job.read.CellKind;
import org.sparkgrad.job.read.NumberLike;

/** The results of one pass over a text column. */
final class TextScan implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A column with more levels must be hashed. */
    static final int MOST_LEVELS = 100_000;

    /** With fewer cells, nothing can be concluded from how often texts repeat. */
    private static final int FEW_CELLS = 50;

    private final CellFormat format;
    private final Map<String, Long> levels = new HashMap<>();
    private final DistinctTexts distinct = new DistinctTexts();
    private final boolean counting;
    private boolean tooMany;
    private long missing;
    private long numbers;
    private long likeNumbers;
    private long words;
    private long firstOddRow = Long.MAX_VALUE;
    private String firstOdd = "";

    /**
     * @param format the format of numbers
     * @param counting whether levels are counted
     */
    TextScan(CellFormat format, boolean counting) {
        this.format = format;
        this.counting = counting;
    }

    void addMissing(long cells) {
        missing += cells;
    }

    /**
     * Adds equal cells.
     *
     * @param row the first row
     */
    void add(long row, String text, long cells) {
        CellKind kind = format.kindOf(text);
        boolean number = kind == CellKind.WHOLE || kind == CellKind.NUMBER;
        boolean like = kind == CellKind.TEXT && NumberLike.matches(text);
        if (number) {
            numbers += cells;
        } else if (like) {
            likeNumbers += cells;
        } else if (kind == CellKind.TEXT) {
            words += cells;
        }
        if (kind == CellKind.TEXT) {
            see(row, text);
        }
        distinct.add(text, number || like);
        if (counting && !tooMany) {
            levels.merge(text, cells, Long::sum);
            refuseTooMany();
        }
    }

    void add(TextScan other) {
        missing += other.missing;
        numbers += other.numbers;
        likeNumbers += other.likeNumbers;
        words += other.words;
        see(other.firstOddRow, other.firstOdd);
        distinct.add(other.distinct);
        tooMany |= other.tooMany;
        other.levels.forEach((text, rows) -> levels.merge(text, rows, Long::sum));
        refuseTooMany();
    }

    private void see(long row, String text) {
        if (row < firstOddRow) {
            firstOddRow = row;
            firstOdd = text;
        }
    }

    private void refuseTooMany() {
        tooMany |= levels.size() > MOST_LEVELS;
        if (tooMany) {
            levels.clear();
        }
    }

    /** Returns the number of missing cells. */
    long missing() {
        return missing;
    }

    /** Returns whether there are more levels than {@link #MOST_LEVELS}. */
    boolean hasTooMany() {
        return tooMany;
    }

    /**
     * Returns an error message about a column that the user has not named as text, if at least half of its cells, or of
     * its different texts, are numbers or look like numbers. Each number would be a feature of its own.
     */
    Optional<String> numbersAmongText(String column) {
        long numeric = numbers + likeNumbers;
        if (numeric == 0 || (numeric < words && distinct.numbers() < 0.5)) {
            return Optional.empty();
        }
        return Optional.of("Row %d has \"%s\" in column %s, in which %d of %d cells are numbers%s: %s"
                .formatted(
                        firstOddRow,
                        firstOdd,
                        column,
                        numeric,
                        numeric + words,
                        likeNumbers == 0 ? "" : " or read like them",
                        NumberLike.remedy(firstOdd)));
    }

    /** Returns a note about a column in which texts hardly ever repeat. */
    Optional<String> newTextInEveryRow(String column) {
        long cells = numbers + likeNumbers + words;
        double texts = Math.min((double) cells, distinct.count());
        return cells < FEW_CELLS || texts < cells / 2.0
                ? Optional.empty()
                : Optional.of("column %s has %s%.0f different texts in %d rows: the model learns rows by heart;"
                                .formatted(column, tooMany ? "about " : "", texts, cells)
                        + " leave it out with --ignore-columns %s if it names rows".formatted(column));
    }

    /** Returns the levels by descending frequency, then by name. */
    List<String> levels() {
        return levels.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
