package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The classes: maps labels to indices 0 to K-1. */
final class LabelIndex implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A column with more values than this is often not the intended label column. */
    private static final int MANY = 100;

    /** In a table of at most this many rows, each row may have its own label. */
    private static final int FEW = 10;

    private final boolean numeric;
    private final List<String> labels;
    private final List<String> texts;
    private final List<Long> rows;
    private final Map<String, Integer> indices = new HashMap<>();

    /**
     * @param numeric whether labels are numbers rather than text or booleans
     * @param labels the label of each class, as users write it
     * @param texts the label of each class, as Spark casts the label column to text
     * @param rows the number of training rows of each class
     */
    LabelIndex(boolean numeric, List<String> labels, List<String> texts, List<Long> rows) {
        this.numeric = numeric;
        this.labels = List.copyOf(labels);
        this.texts = List.copyOf(texts);
        this.rows = List.copyOf(rows);
        for (int index = 0; index < labels.size(); index++) {
            indices.put(labels.get(index), index);
        }
    }

    /** Returns the label of each class, as users write it. */
    List<String> labels() {
        return labels;
    }

    /** Returns the label of each class, as Spark casts the label column to text. */
    List<String> texts() {
        return texts;
    }

    /** Returns the number of training rows of each class. */
    List<Long> rows() {
        return rows;
    }

    /** Returns a sentence about labels that look unintended, or nothing. */
    List<String> notes(String column) {
        long all = rows.stream().mapToLong(Long::longValue).sum();
        boolean rare = labels.size() > FEW && 2L * labels.size() > all;
        return labels.size() > MANY || rare
                ? List.of(
                        "the label column %s has %d different values in %d rows: if they are no classes, name the label column"
                                .formatted(column, labels.size(), all))
                : List.of();
    }

    /** Returns whether each label equals its index. */
    boolean isIdentity() {
        return numeric
                && IntStream.range(0, labels.size())
                        .allMatch(index -> labels.get(index).equals(Integer.toString(index)));
    }

    /** Returns the class of a cell of the label column, or -1 if the cell has no class. */
    int indexOf(@Nullable Object cell) {
        if (cell == null) {
            return -1;
        }
        return indices.getOrDefault(key(cell), -1);
    }

    private String key(Object cell) {
        if (!numeric) {
            return cell.toString();
        }
        return cell instanceof String text ? LabelText.ofNumber(text) : LabelText.of(cell);
    }
}
