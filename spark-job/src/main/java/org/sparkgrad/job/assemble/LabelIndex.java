package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The classes: what labels stand for which index, 0 to K-1. */
final class LabelIndex implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As many classes are rare: a column of so many values is often not the one that was meant. */
    private static final int MANY = 100;

    /** Of so few rows each may have its own label. */
    private static final int FEW = 10;

    private final boolean numeric;
    private final List<String> labels;
    private final List<String> texts;
    private final List<Long> rows;
    private final Map<String, Integer> indices = new HashMap<>();

    /**
     * @param numeric whether labels are numbers rather than text or booleans
     * @param labels the label of each class as users write it
     * @param texts the label of each class as Spark casts the label column to text
     * @param rows how many training rows each class has
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

    /** Returns the label of each class as users write it. */
    List<String> labels() {
        return labels;
    }

    /** Returns the label of each class as Spark casts the label column to text. */
    List<String> texts() {
        return texts;
    }

    /** Returns how many training rows each class has. */
    List<Long> rows() {
        return rows;
    }

    /** Returns a sentence about labels that a user may not have meant as such, if they look so. */
    List<String> notes(String column) {
        long all = rows.stream().mapToLong(Long::longValue).sum();
        boolean rare = labels.size() > FEW && 2L * labels.size() > all;
        return labels.size() > MANY || rare
                ? List.of(
                        "the label column %s has %d different values in %d rows: if they are no classes, name the label column"
                                .formatted(column, labels.size(), all))
                : List.of();
    }

    /** Whether the labels are the indices. */
    boolean isIdentity() {
        return numeric
                && IntStream.range(0, labels.size())
                        .allMatch(index -> labels.get(index).equals(Integer.toString(index)));
    }

    /** Returns the class of a cell of the label column, or -1 if it is none. */
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
