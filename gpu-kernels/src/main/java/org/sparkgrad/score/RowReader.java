package org.sparkgrad.score;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the features of a row from its cells, as the saved pipeline does. */
final class RowReader {
    private final List<ModelColumn> columns;
    private final boolean drops;
    /** The index of each level, for each column of text. */
    private final List<Map<String, Integer>> levels = new ArrayList<>();

    RowReader(ModelFile model) {
        this.columns = model.columns();
        this.drops = model.missing().equals("drop");
        for (ModelColumn column : columns) {
            Map<String, Integer> places = new HashMap<>();
            if (column instanceof ModelColumn.Text text) {
                text.levels().forEach(level -> places.put(level, places.size()));
            }
            levels.add(places);
        }
    }

    /** Receives the features of a row that are not zero. */
    @FunctionalInterface
    interface Sink {
        void add(int feature, double value);
    }

    /**
     * Reads a row; returns false if the model drops the row because of a missing number.
     *
     * @throws IllegalArgumentException if a column is missing, or a cell is no finite number where the model needs one
     */
    boolean read(Map<String, ?> row, Sink features) {
        boolean whole = true;
        int first = 0;
        for (int i = 0; i < columns.size(); i++) {
            whole &= read(columns.get(i), levels.get(i), row, first, features);
            first += columns.get(i).width();
        }
        return whole;
    }

    private boolean read(
            ModelColumn column, Map<String, Integer> places, Map<String, ?> row, int first, Sink features) {
        if (column instanceof ModelColumn.Numeric number) {
            return number(number.name(), cell(row, number.name()), number.mean(), first, features);
        }
        if (column instanceof ModelColumn.Array array) {
            return elements(array.name(), cell(row, array.name()), array.width(), first, features);
        }
        if (column instanceof ModelColumn.Vector vector) {
            Object cell = cell(row, vector.name());
            if (!(cell instanceof double[] values) || values.length != vector.width()) {
                throw new IllegalArgumentException("column %s holds a double[] of %d features, not %s"
                        .formatted(vector.name(), vector.width(), shown(cell)));
            }
            return elements(vector.name(), cell, vector.width(), first, features);
        }
        if (column instanceof ModelColumn.Text text) {
            Object cell = cell(row, text.name());
            Integer place = cell == null ? null : places.get(cell.toString());
            if (place != null) {
                features.add(first + place, 1);
            }
        } else if (column instanceof ModelColumn.Hashed hashed) {
            for (int i = 0; i < hashed.columns().size(); i++) {
                Object cell = cell(row, hashed.columns().get(i));
                if (cell != null) {
                    byte[] text = (hashed.names().get(i) + "=" + cell).getBytes(StandardCharsets.UTF_8);
                    features.add(first + Math.floorMod(Murmur3.hash(text, hashed.seed()), hashed.width()), 1);
                }
            }
        }
        return true;
    }

    /** An element beyond the end counts as missing; elements beyond the width are ignored, as in SQL. */
    private boolean elements(String name, @Nullable Object cell, int width, int first, Sink features) {
        boolean whole = true;
        for (int i = 0; i < width; i++) {
            Object element = null;
            if (cell instanceof double[] values) {
                element = i < values.length ? values[i] : null;
            } else if (cell instanceof List<?> values) {
                element = i < values.size() ? values.get(i) : null;
            } else if (cell != null) {
                throw new IllegalArgumentException(
                        "column %s holds a List or double[] of numbers, not %s".formatted(name, shown(cell)));
            }
            whole &= number(name, element, null, first + i, features);
        }
        return whole;
    }

    private boolean number(String name, @Nullable Object cell, @Nullable Double mean, int feature, Sink features) {
        Object known = cell instanceof Boolean flag ? Integer.valueOf(flag ? 1 : 0) : cell;
        if (known != null && !(known instanceof Number)) {
            throw new IllegalArgumentException("column %s holds numbers, not %s".formatted(name, shown(cell)));
        }
        double value = known == null ? Double.NaN : ((Number) known).doubleValue();
        if (Double.isNaN(value) && mean != null) {
            value = mean;
        }
        if (Double.isNaN(value) && drops) {
            return false;
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "column %s has %s: features are finite numbers".formatted(name, cell == null ? "no number" : cell));
        }
        if (value != 0) {
            features.add(feature, value);
        }
        return true;
    }

    private static @Nullable Object cell(Map<String, ?> row, String name) {
        Object cell = row.get(name);
        if (cell == null && !row.containsKey(name)) {
            throw new IllegalArgumentException(
                    "the row has no column %s, only %s; a missing value is null".formatted(name, row.keySet()));
        }
        return cell;
    }

    private static String shown(@Nullable Object cell) {
        return cell instanceof double[] values
                ? "one of " + values.length
                : cell == null
                        ? "nothing"
                        : "%s (%s)".formatted(cell, cell.getClass().getSimpleName());
    }
}
