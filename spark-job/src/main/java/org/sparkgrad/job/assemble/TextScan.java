package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.CellKind;

/** What one pass finds in a column of text. */
final class TextScan implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Columns of more levels are to be hashed. */
    static final int MOST_LEVELS = 100_000;

    private final Map<String, Long> levels = new HashMap<>();
    private final boolean counting;
    private boolean tooMany;
    private long missing;
    private long numbers;
    private long texts;
    private long firstTextRow = Long.MAX_VALUE;
    private String firstText = "";

    /** @param counting whether the levels are wanted */
    TextScan(boolean counting) {
        this.counting = counting;
    }

    /** Adds a cell. */
    void add(long row, @Nullable Object cell) {
        if (cell == null) {
            missing++;
            return;
        }
        String text = cell.toString();
        if (CellKind.of(text) == CellKind.TEXT) {
            texts++;
            see(row, text);
        } else {
            numbers++;
        }
        if (counting && !tooMany) {
            levels.merge(text, 1L, Long::sum);
            refuseTooMany();
        }
    }

    void add(TextScan other) {
        missing += other.missing;
        numbers += other.numbers;
        texts += other.texts;
        see(other.firstTextRow, other.firstText);
        tooMany |= other.tooMany;
        other.levels.forEach((text, rows) -> levels.merge(text, rows, Long::sum));
        refuseTooMany();
    }

    private void see(long row, String text) {
        if (row < firstTextRow) {
            firstTextRow = row;
            firstText = text;
        }
    }

    private void refuseTooMany() {
        tooMany |= levels.size() > MOST_LEVELS;
        if (tooMany) {
            levels.clear();
        }
    }

    /** Returns how many cells are missing. */
    long missing() {
        return missing;
    }

    /** Returns whether there are more levels than {@link #MOST_LEVELS}. */
    boolean hasTooMany() {
        return tooMany;
    }

    /** Returns whether at least half of the cells are numbers, and some are not: numbers, with what should be none. */
    boolean looksLikeNumbers() {
        return texts > 0 && numbers >= texts;
    }

    /** Returns how many cells are no numbers, and the first of them. */
    String oddities() {
        return texts + " of its " + (texts + numbers) + " cells, as \"" + firstText + "\" in row " + firstTextRow;
    }

    /** Returns the levels, by frequency, ties by name. */
    List<String> levels() {
        return levels.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
