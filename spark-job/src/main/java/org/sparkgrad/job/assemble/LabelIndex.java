package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes: what labels stand for which index, 0 to K-1. */
final class LabelIndex implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean numeric;
    private final List<String> labels;
    private final List<String> texts;
    private final List<Long> rows;
    private final Map<Object, Integer> indices = new HashMap<>();

    /**
     * @param numeric whether labels are whole numbers rather than text
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
            indices.put(key(labels.get(index)), index);
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

    /** Whether the labels are the indices. */
    boolean isIdentity() {
        return numeric && labels.get(0).equals("0");
    }

    /** Returns the class of a cell of the label column, or -1 if it is none. */
    int indexOf(@Nullable Object cell) {
        if (cell == null) {
            return -1;
        }
        return indices.getOrDefault(key(cell), -1);
    }

    private Object key(Object cell) {
        if (!numeric) {
            return cell.toString();
        }
        if (cell instanceof Number number) {
            return number.doubleValue() + 0.0; // -0.0 is 0
        }
        try {
            return Double.parseDouble(cell.toString());
        } catch (NumberFormatException e) {
            return cell;
        }
    }
}
